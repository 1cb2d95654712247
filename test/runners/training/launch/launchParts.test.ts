import { beforeEach, expect, test } from "vitest";
import { parseStackOutput } from "../../../../runners/stackOutput.ts";
import { dryRunLines } from "../../../../runners/training/launch/dryRunLines.ts";
import { launchCommand } from "../../../../runners/training/launch/launchCommand.ts";
import type { LaunchOptions } from "../../../../runners/training/launch/launchOptions.ts";
import { planLaunch } from "../../../../runners/training/launch/planLaunch.ts";
import { remoteScript } from "../../../../runners/training/launch/remoteScript.ts";
import { runEnd } from "../../../../runners/training/launch/runEnd.ts";
import { RunLog } from "../../../../runners/training/launch/runLog.ts";
import type { Training } from "../../../../runners/training/launch/training.ts";
import { trainingSchema } from "../../../../runners/training/launch/training.ts";
import { parseLine } from "../../../../runners/training/launch/trainingEvent.ts";
import { goodLines, scriptedLaunch, trainingOf } from "./scriptedTraining.ts";

let options: LaunchOptions;
let training: Training;
beforeEach(() => {
  ({ options } = scriptedLaunch());
  training = trainingOf(options.root);
});

test("one rank per node, over the links, in one interpreter everywhere", () => {
  const environment = "/opt/minirack/environments/training/bin";
  expect(remoteScript({ ...training, codeHash: "abc" }, "digits", { epochs: 3, syncEveryNSteps: 2 })).toBe(
    [
      "set -eu",
      "cd /opt/minirack/training",
      "export PYTHONPATH=/opt/minirack/training PYTHONDONTWRITEBYTECODE=1 UCX_NET_DEVICES=eth1 FI_TCP_IFACE=eth1",
      "export 'HYDRA_LAUNCHER_EXTRA_ARGS=-F /etc/ssh/ssh_config.d/50-minirack.conf -o BatchMode=yes -o ServerAliveInterval=15 -o ServerAliveCountMax=3'",
      `exec ${environment}/python -m minirack_training.supervise ${environment}/mpiexec -launcher ssh -iface eth1` +
        ` -hosts 172.31.0.11,172.31.0.12 -n 2 -ppn 1 ${environment}/python -m minirack_training --domain digits` +
        " --epochs 3 --sync-every-n-steps 2 --code-hash abc",
      "",
    ].join("\n"),
  );
});

test("links with different names are refused", () => {
  const nodes = training.nodes.map((node, index) => ({ ...node, interface: `eth${index}` }));
  expect(() => remoteScript({ ...training, nodes }, "digits", {})).toThrow("found mini1: eth0, mini2: eth1");
});

test("a dry run says who, where and what", () => {
  const lines = dryRunLines(planLaunch(options, training), options.root, false);
  expect(lines).toContain("rank 1 on mini2, 172.31.0.12 on eth1");
  expect(lines).toContain("in the background on mini1 (rack@192.0.2.11, port 22):");
  expect(lines.at(-1)).toContain("mpiexec -launcher ssh");
});

test("an event is found behind a program's unfinished line, and other lines are kept", () => {
  expect(parseLine('50 %{"event":"lost","address":"172.31.0.12"}')).toEqual({
    text: "50 %",
    event: { event: "lost", address: "172.31.0.12" },
  });
  expect(parseLine('{"event":"epoch"}')).toEqual({ text: '{"event":"epoch"}' });
  expect(parseLine("hello")).toEqual({ text: "hello" });
});

test("a killed rank is named by the node it ran on", () => {
  const log = new RunLog(() => {});
  for (const line of [...goodLines.slice(0, 2), "=   PID 12 RUNNING AT 172.31.0.12", "=   EXIT CODE: 9"]) {
    log.take(line);
  }
  expect(runEnd(log, training.nodes, { code: 9, isStopped: false, isRebooted: false }).exit).toEqual({
    code: 9,
    reason: "rank 1 on mini2: ended by signal or exit code 9; see its kernel log for a lack of memory",
  });
});

test("the stack's output is checked, with what to do", () => {
  const wanted = { name: "training", schema: trainingSchema };
  expect(parseStackOutput(JSON.stringify({ training, nodes: [] }), "dev", wanted)).toEqual(training);
  expect(() => parseStackOutput("{}", "dev", wanted)).toThrow(
    /^stack dev: output training: .*npx pulumi up --stack dev$/s,
  );
});

test("scripts/launch takes what training.md types", async () => {
  const typed: unknown[] = [];
  const command = () => launchCommand(async (one) => void typed.push(one));
  await command().parseAsync(["--dry-run"], { from: "user" });
  await command().parseAsync(["--domain", "mine", "--epochs", "20"], { from: "user" });
  await command().parseAsync(["--epochs", "2000", "--detach"], { from: "user" });
  expect(typed).toEqual([
    { domain: "digits", stack: "dev", dryRun: true },
    { domain: "mine", stack: "dev", epochs: 20 },
    { domain: "digits", stack: "dev", epochs: 2000, detach: true },
  ]);
});

test("wrong numbers on the command line are refused", async () => {
  const command = launchCommand(async () => {})
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  const parse = (...typed: string[]) => command.parseAsync(typed, { from: "user" });
  await expect(parse("--epochs", "0")).rejects.toThrow("expected a whole number, 1 or more, got 0");
  await expect(parse("--learning-rate", "fast")).rejects.toThrow("expected a number above 0, got fast");
});
