import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
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
  expect(result.metadata.status).toBe("finished");
  expect(lines).toEqual([
    "training digits: 2 ranks, 1,438 samples, 4,810 weights",
    " epoch     loss  accuracy  samples/s  in sync",
    "     1   1.1244   88.86 %     61,503  0.007 s",
    "weights bit-identical on 2 ranks (sha256 aaaaaaaaaaaa…)",
    `results in results/${basename(result.folder)}`,
  ]);
});

test("the same run is found, not repeated, unless forced; the earlier one is kept", async () => {
  const { options, world, lines, scripts } = scriptedLaunch(good);
  const first = await launchTraining(options, world);
  const second = await launchTraining(options, world);
  expect(second).toEqual({ ...first, isFound: true });
  expect(lines.at(-1)).toMatch(
    /^found results\/digits-\S+ of \S+ \S+ UTC, nothing to run; --force runs again$/,
  );
  expect(scripts).toHaveLength(1);
  await launchTraining({ ...options, force: true }, world);
  expect(scripts).toHaveLength(2);
  expect(readdirSync(join(options.root, "results"))).toHaveLength(2);
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
  expect(metadata).toMatchObject({ status: "failed", exit: { code: 1 } });
  expect(metrics.epochs).toHaveLength(1);
});

test("a failed run is not taken for a finished one", async () => {
  const { options, world } = scriptedLaunch(scriptedAnswer([], new Error("node mini1: connect: lost")));
  await expect(launchTraining(options, world)).rejects.toThrow("node mini1: connect: lost");
  await expect(launchTraining(options, world)).rejects.toThrow("node mini1: connect: lost");
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
  expect(readdirSync(join(options.root, "results"))[0]).toMatch(/^digits-\w+-stopped-/);
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
