import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { thisLauncher } from "../../../../runners/runs/launcher.ts";
import { launchTraining } from "../../../../runners/training/launch/launchTraining.ts";
import { metadataSchema, metricsSchema } from "../../../../runners/training/launch/runRecord.ts";
import { goodLines, scriptedLaunch } from "./scriptedNode.ts";

const good = scriptedAnswer(goodLines);

function scriptedAnswer(lines: string[], error?: Error) {
  return (_: string, tell: (line: string) => void) => {
    lines.forEach(tell);
    if (error) throw error;
  };
}

function readRecord(folder: string) {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  return {
    metadata: metadataSchema.parse(read("metadata.json")),
    metrics: metricsSchema.parse(read("metrics.json")),
  };
}

test("a finished run is shown epoch by epoch and kept under its key", async () => {
  const { options, world, lines } = scriptedLaunch(good);
  const result = await launchTraining(options, world);
  expect(basename(result.folder)).toBe(`digits-${result.metadata.key.slice(0, 10)}`);
  expect(readRecord(result.folder)).toEqual({ metadata: result.metadata, metrics: result.metrics });
  expect(result.metadata).toMatchObject({
    run: basename(result.folder),
    runner: "training",
    status: "finished",
    exit: { code: 0, reason: "finished" },
    nodes: [
      { name: "mini1", linkAddress: "172.31.0.11" },
      { name: "mini2", linkAddress: "172.31.0.12" },
    ],
    environment: { packages: { numpy: "2.4.6", mpi4py: "4.1.2" } },
    parameters: { epochs: 1, batchSize: 16, learningRate: 0.3, syncEveryNSteps: 1, seed: 0 },
    training: { domain: "digits", asked: {} },
  });
  expect(readFileSync(join(result.folder, "execution.log"), "utf8")).toBe(
    lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(""),
  );
  expect(lines).toEqual([
    "training digits: 2 ranks, 1,438 samples, 4,810 weights",
    " epoch     loss  accuracy  samples/s  in sync",
    "     1   1.1244   88.86 %     61,503  0.007 s",
    "weights bit-identical on 2 ranks (sha256 aaaaaaaaaaaa…)",
    `results in results/${basename(result.folder)}`,
  ]);
});

test("the same run is found, not repeated, unless forced; then its name has the time, and the earlier one stays", async () => {
  const { options, world, lines, scripts } = scriptedLaunch(good);
  const first = await launchTraining(options, world);
  const second = await launchTraining(options, world);
  expect(second).toEqual({ ...first, isFound: true });
  expect(lines.at(-1)).toMatch(
    /^found results\/digits-\S+ of \S+ \S+ UTC, nothing to run; --force runs again$/,
  );
  expect(scripts).toHaveLength(1);
  const forced = await launchTraining({ ...options, force: true }, world);
  expect(scripts).toHaveLength(2);
  expect(basename(forced.folder)).toMatch(new RegExp(`^${basename(first.folder)}_\\d{8}_\\d{6}$`));
  expect(forced.metadata.run).toBe(basename(forced.folder));
  expect(readRecord(first.folder).metadata).toEqual(first.metadata);
  expect(await launchTraining(options, world)).toMatchObject({ isFound: true, folder: forced.folder });
});

test("other parameters are another run", async () => {
  const { options, world, scripts } = scriptedLaunch(good);
  const first = await launchTraining(options, world);
  const second = await launchTraining({ ...options, parameters: { epochs: 3 } }, world);
  expect(second.folder).not.toBe(first.folder);
  expect(scripts[1]).toContain("--epochs 3");
  const same = await launchTraining({ ...options, parameters: { seed: 0 } }, world);
  expect(same).toEqual({ ...first, isFound: true });
});

test("a failed run names rank, node and reason, and is neither overwriting nor found", async () => {
  const { options, world } = scriptedLaunch(good);
  const finished = await launchTraining(options, world);
  const error = JSON.stringify({ event: "error", rank: 1, node: "other-name", reason: "OSError: no data" });
  const lines = [...goodLines.slice(0, 3), error, JSON.stringify({ event: "exit", code: 1 })];
  const broken = scriptedLaunch(scriptedAnswer(lines, new Error("exit code 1")));
  const failing = launchTraining({ ...options, force: true }, { ...world, openNode: broken.world.openNode });
  await expect(failing).rejects.toThrow(
    /^run digits-\S+: rank 1 on mini2: OSError: no data; its record is results\//,
  );
  const [kept, failed] = readdirSync(join(options.root, "results")).sort();
  expect(kept).toBe(basename(finished.folder));
  expect(readRecord(finished.folder).metadata).toEqual(finished.metadata);
  const { metadata, metrics } = readRecord(join(options.root, "results", failed ?? ""));
  expect(metadata).toMatchObject({ status: "failed", exit: { code: 1 }, lastLines: [] });
  expect(metrics.epochs).toHaveLength(1);
});

test("a failed run is not taken for a finished one, and its record stays", async () => {
  const { options, world } = scriptedLaunch(scriptedAnswer([], new Error("node mini1: connect: lost")));
  await expect(launchTraining(options, world)).rejects.toThrow("node mini1: connect: lost");
  await expect(launchTraining(options, world)).rejects.toThrow("node mini1: connect: lost");
  expect(readdirSync(join(options.root, "results"))).toHaveLength(2);
});

test("exit code 0 without identical weights is no success", async () => {
  const { options, world } = scriptedLaunch(
    scriptedAnswer(goodLines.filter((line) => !line.includes('weights"'))),
  );
  await expect(launchTraining(options, world)).rejects.toThrow("exit code 0");
});

test("an abort asks the supervisor to end all ranks and leaves a record", async () => {
  const controller = new AbortController();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const { options, world, scripts } = scriptedLaunch(async (script, tell) => {
    if (script === "kill -TERM 4711") return end();
    goodLines.slice(0, 3).forEach(tell);
    controller.abort();
    await ended;
    tell(JSON.stringify({ event: "exit", code: 130 }));
    throw new Error("exit code 130");
  });
  const run = launchTraining({ ...options, signal: controller.signal }, world);
  await expect(run).rejects.toThrow("stopped: the ranks on mini1, mini2 were ended");
  expect(scripts).toHaveLength(2);
  const [name = ""] = readdirSync(join(options.root, "results"));
  expect(readRecord(join(options.root, "results", name)).metadata.status).toBe("stopped");
});

test("while it runs, its metadata says so, and which process it hangs on", async () => {
  const seen: unknown[] = [];
  const { options, world } = scriptedLaunch((_, tell) => {
    const [name = ""] = readdirSync(join(options.root, "results"));
    seen.push(JSON.parse(readFileSync(join(options.root, "results", name, "metadata.json"), "utf8")));
    goodLines.forEach(tell);
  });
  await launchTraining(options, world);
  expect(seen).toEqual([expect.objectContaining({ status: "running", launcher: await thisLauncher() })]);
});

test("a node that falls silent ends the run on the others", async () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const { options, world } = scriptedLaunch(async (script, tell) => {
    if (script === "kill -TERM 4711") return end();
    goodLines.slice(0, 3).forEach(tell);
    tell("Timeout, server 172.31.0.12 not responding.");
    await ended;
    tell(JSON.stringify({ event: "exit", code: 130 }));
    throw new Error("exit code 130");
  });
  await expect(launchTraining(options, world)).rejects.toThrow("rank 1 on mini2: its node no longer answers");
});

test("code that differs from the deployed one is refused before anything runs", async () => {
  const { options, world, scripts } = scriptedLaunch(good, { codeHash: "f".repeat(64) });
  await expect(launchTraining(options, world)).rejects.toThrow(
    /^training code: expected \w{10} \(this folder\) on the nodes, found ffffffffff; npx pulumi up --stack dev first$/,
  );
  expect(scripts).toEqual([]);
});

test("an unknown domain is refused with the known ones", async () => {
  const { options, world } = scriptedLaunch(good);
  await expect(launchTraining({ ...options, domain: "nope" }, world)).rejects.toThrow(
    "domain: expected one of digits, found nope; add domains/nope.py",
  );
});
