import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { findRun } from "../../../../runners/runs/findRun.ts";
import type { Run } from "../../../../runners/runs/listRuns.ts";
import { launchTraining } from "../../../../runners/training/launch/launchTraining.ts";
import { trainingRuns } from "../../../../runners/training/launch/trainingRuns.ts";
import { failureOf } from "../../../support/failureOf.ts";
import { patient } from "../../../support/patient.ts";
import { goesWell, type ScriptedLaunch, scriptedLaunch, waitFor } from "./scriptedTraining.ts";

const untilGo = `say 2; ${waitFor("go")}; ${goesWell} | tail -n 2`;

/** A run that goes on by itself, and the way back to it. */
async function left(launch: ScriptedLaunch) {
  const { options, world } = launch;
  const { metadata } = await launchTraining({ ...options, isDetached: true }, world);
  const results = join(options.root, "results");
  const run = await findRun(results, metadata.run);
  return { run, runs: trainingRuns(options.root, world), again: () => findRun(results, metadata.run) };
}

const untilFirstEpoch = (runs: ReturnType<typeof trainingRuns>, run: Run) =>
  vi.waitUntil(async () => (await runs.status(run)).line === "running, epoch 1 done", patient);

test("a run that is left goes on: it is looked at, followed, and brought home when it has ended", async () => {
  const launch = scriptedLaunch(untilGo);
  const { run, runs, again } = await left(launch);
  expect(run.metadata).toMatchObject({ status: "running", remote: { node: "mini1" } });
  expect(run.metadata.launcher).toBeUndefined();
  expect(launch.lines.slice(-4)).toEqual([
    `run ${run.name} goes on on mini1, mini2`,
    `  scripts/runs logs ${run.name} -f    its lines`,
    `  scripts/runs fetch ${run.name}      its results, when it has ended`,
    `  scripts/runs stop ${run.name}       to end it`,
  ]);
  await untilFirstEpoch(runs, run);
  expect((await runs.fetch(run)).status).toBe("running");
  const soFar: string[] = [];
  await runs.logs(run, { follow: false, print: (line) => soFar.push(line) });
  expect(soFar.at(-1)).toBe("     1   1.1244   88.86 %     61,503  0.007 s");
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line);
    if (line.startsWith("     1")) writeFileSync(join(launch.home, "go"), "");
  };
  await runs.logs(run, { follow: true, print });
  expect(lines.at(-1)).toMatch(/^weights bit-identical on 2 ranks/);
  expect(await runs.status(run)).toEqual({
    isRunning: false,
    line: "ended, not fetched: scripts/runs fetch",
  });
  expect(await runs.fetch(run)).toMatchObject({ status: "finished", parameters: { epochs: 1 } });
  expect((await again()).metadata).toMatchObject({ status: "finished", exit: { reason: "finished" } });
  expect(readFileSync(join(run.folder, "execution.log"), "utf8")).toContain("weights bit-identical");
});

test("Ctrl-C leaves a run that has begun to itself", async () => {
  const launch = scriptedLaunch(untilGo);
  const leaving = new AbortController();
  const print = (line: string) => {
    launch.lines.push(line);
    if (line.startsWith("     1")) leaving.abort();
  };
  const { metadata } = await launchTraining(
    { ...launch.options, print, signal: leaving.signal },
    launch.world,
  );
  expect(metadata.status).toBe("running");
  expect(launch.lines.slice(-5, -3)).toEqual([
    "     1   1.1244   88.86 %     61,503  0.007 s",
    `run ${metadata.run} goes on on mini1, mini2`,
  ]);
  writeFileSync(join(launch.home, "go"), "");
});

test("a run that is stopped ends its ranks, and says so", async () => {
  const { run, runs } = await left(scriptedLaunch(`trap 'exit 130' TERM; say 2; ${waitFor("never")}`));
  await untilFirstEpoch(runs, run);
  await runs.stop(run);
  expect(await runs.fetch(run)).toMatchObject({
    status: "stopped",
    exit: { code: 130, reason: "stopped: the ranks on mini1, mini2 were ended" },
  });
});

test("a run that is stopped from another window ends the launch that follows it, and says so", async () => {
  const { options, world, lines } = scriptedLaunch(`trap 'exit 130' TERM; say 2; ${waitFor("never")}`);
  const launch = failureOf(launchTraining(options, world));
  await vi.waitUntil(() => lines.some((line) => line.startsWith("     1")), patient);
  const results = join(options.root, "results");
  const [name = ""] = readdirSync(results);
  const run = await findRun(results, name);
  const runs = trainingRuns(options.root, world);
  await runs.stop(run);
  await runs.fetch(run);
  expect((await launch).message).toBe(
    `run ${name}: stopped: the ranks on mini1, mini2 were ended; its record is results/${name}`,
  );
});

test("a first node that is started anew during a run is the reason", async () => {
  const launch = scriptedLaunch(`say 2; ${waitFor("never")}`);
  const { run, runs } = await left(launch);
  await untilFirstEpoch(runs, run);
  const folder = `.cache/minirack/runs/${run.metadata.remote?.id}`;
  await launch.node.run({ script: `kill -s KILL -- "-$(cat ${folder}/pid)"; echo other > ${folder}/boot` });
  await vi.waitUntil(async () => !(await runs.status(run)).isRunning, patient);
  expect((await runs.fetch(run)).exit).toEqual({
    code: 137,
    reason: "node mini1 was started anew during the run; run it again",
  });
});

test("a run whose launch was killed before it began is kept as failed", async () => {
  const launch = scriptedLaunch();
  const { run, runs, again } = await left(launch);
  await vi.waitUntil(async () => !(await runs.status(run)).isRunning, patient);
  rmSync(join(launch.home, ".cache"), { recursive: true });
  await runs.fetch(run);
  expect((await again()).metadata).toMatchObject({
    status: "failed",
    exit: {
      code: null,
      reason:
        "nothing of it is on mini1: its launch was killed before it began, or somebody removed it; run it again",
    },
  });
});

test("a node that trains no longer is named", async () => {
  const { run } = await left(scriptedLaunch());
  const { options, world } = scriptedLaunch();
  const training = await world.readTraining(options.root, "dev");
  const others = { ...training, nodes: training.nodes.slice(1) };
  const runs = trainingRuns(options.root, { ...world, readTraining: async () => others });
  expect((await failureOf(runs.fetch(run))).message).toBe(
    `run ${run.name}: expected its node mini1 among those that train in stack dev (mini2), got none; bring it back into the cluster file, then npx pulumi up`,
  );
});
