import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { lostConnection } from "../../../../provider/transport/channel.ts";
import { launchTraining } from "../../../../runners/training/launch/launchTraining.ts";
import { metadataSchema, metricsSchema } from "../../../../runners/training/launch/runRecord.ts";
import { goesWell, scriptedLaunch, waitFor } from "./scriptedTraining.ts";

function readRecord(folder: string) {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  return {
    metadata: metadataSchema.parse(read("metadata.json")),
    metrics: metricsSchema.parse(read("metrics.json")),
  };
}

test("a finished run is shown epoch by epoch and kept under its key", async () => {
  const { options, world, lines, home } = scriptedLaunch();
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
    peakMemoryBytes: 150_000_000,
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
  expect(readdirSync(home)).not.toContain(".cache");
});

test("the same run is found, not repeated, unless forced; then its name has the time, and the earlier one stays", async () => {
  const { options, world, lines, started } = scriptedLaunch();
  const first = await launchTraining(options, world);
  const second = await launchTraining(options, world);
  expect(second).toEqual({ ...first, isFound: true });
  expect(lines.at(-1)).toMatch(
    /^found results\/digits-\S+ of \S+ \S+ UTC, nothing to run; --force runs again$/,
  );
  expect(started()).toHaveLength(1);
  const forced = await launchTraining({ ...options, force: true }, world);
  expect(started()).toHaveLength(2);
  expect(basename(forced.folder)).toMatch(new RegExp(`^${basename(first.folder)}_\\d{8}_\\d{6}$`));
  expect(forced.metadata.run).toBe(basename(forced.folder));
  expect(readRecord(first.folder).metadata).toEqual(first.metadata);
  expect(await launchTraining(options, world)).toMatchObject({ isFound: true, folder: forced.folder });
});

test("other parameters are another run", async () => {
  const { options, world, started } = scriptedLaunch();
  const first = await launchTraining(options, world);
  const second = await launchTraining({ ...options, parameters: { epochs: 3 } }, world);
  expect(second.folder).not.toBe(first.folder);
  expect(started()[1]).toContain("--epochs 3");
  const same = await launchTraining({ ...options, parameters: { seed: 0 } }, world);
  expect(same).toEqual({ ...first, isFound: true });
});

test("a failed run names rank, node and reason, and is neither overwriting nor found", async () => {
  const { options, world, ranks } = scriptedLaunch();
  const finished = await launchTraining(options, world);
  const error = JSON.stringify({ event: "error", rank: 1, node: "other-name", reason: "OSError: no data" });
  ranks(`say 2; echo '${error}'; exit 1`);
  await expect(launchTraining({ ...options, force: true }, world)).rejects.toThrow(
    /^run digits-\S+: rank 1 on mini2: OSError: no data; its record is results\//,
  );
  const [kept, failed] = readdirSync(join(options.root, "results")).sort();
  expect(kept).toBe(basename(finished.folder));
  expect(readRecord(finished.folder).metadata).toEqual(finished.metadata);
  const { metadata, metrics } = readRecord(join(options.root, "results", failed ?? ""));
  expect(metadata).toMatchObject({ status: "failed", exit: { code: 1 }, lastLines: [] });
  expect(metrics.epochs).toHaveLength(1);
});

test("a node that cannot be reached fails the run, and the record of it stays", async () => {
  const { options, world } = scriptedLaunch();
  const unreachable = { ...world, openNode: () => Promise.reject(new Error("node mini1: connect: silent")) };
  await expect(launchTraining(options, unreachable)).rejects.toThrow("node mini1: connect: silent");
  await expect(launchTraining(options, unreachable)).rejects.toThrow("node mini1: connect: silent");
  expect(readdirSync(join(options.root, "results"))).toHaveLength(2);
});

test("exit code 0 without identical weights is no success", async () => {
  const { options, world } = scriptedLaunch("say 2");
  await expect(launchTraining(options, world)).rejects.toThrow("exit code 0");
});

test("what cannot start says why", async () => {
  const { options, world } = scriptedLaunch(goesWell, { python: "/nowhere/python" });
  await expect(launchTraining(options, world)).rejects.toThrow(
    /exit code 127: .*\/nowhere\/python: not found/,
  );
});

test("a node that falls silent is the reason", async () => {
  const lost = JSON.stringify({ event: "lost", address: "172.31.0.12" });
  const { options, world } = scriptedLaunch(`say 2; echo '${lost}'; exit 1`);
  await expect(launchTraining(options, world)).rejects.toThrow("rank 1 on mini2: its node no longer answers");
});

test("a lost connection is made again, and no line is lost or comes twice", async () => {
  const { options, world, node, lines, home } = scriptedLaunch(
    `say 2; ${waitFor("go")}; ${goesWell} | tail -n 2`,
  );
  const print = (line: string) => {
    lines.push(line);
    if (line.startsWith("     1")) node.cut();
    if (line.startsWith("the connection is lost")) writeFileSync(join(home, "go"), "");
  };
  await launchTraining({ ...options, print }, world);
  expect(lines.filter((line) => !line.startsWith("results in"))).toEqual([
    "training digits: 2 ranks, 1,438 samples, 4,810 weights",
    " epoch     loss  accuracy  samples/s  in sync",
    "     1   1.1244   88.86 %     61,503  0.007 s",
    "the connection is lost; the run goes on, and is waited for …",
    "weights bit-identical on 2 ranks (sha256 aaaaaaaaaaaa…)",
  ]);
});

test("a connection that is lost while it starts ends nothing: the run is followed all the same", async () => {
  const { options, world, node, started } = scriptedLaunch();
  const { run } = node;
  let scripts = 0;
  node.run = async (script) => {
    const answer = await run(script);
    if (scripts++ === 0) throw lostConnection("mini1");
    return answer;
  };
  expect((await launchTraining(options, world)).metadata.status).toBe("finished");
  expect(started()).toHaveLength(1);
});

test("stopped before it began, nothing runs", async () => {
  const { options, world, started } = scriptedLaunch();
  const signal = AbortSignal.abort();
  await expect(launchTraining({ ...options, signal }, world)).rejects.toThrow("stopped before it began");
  expect(started()).toEqual([]);
});

test("code that differs from the deployed one is refused before anything runs", async () => {
  const { options, world, started } = scriptedLaunch(goesWell, { codeHash: "f".repeat(64) });
  await expect(launchTraining(options, world)).rejects.toThrow(
    /^training code: expected \w{10} \(this folder\) on the nodes, found ffffffffff; npx pulumi up --stack dev first$/,
  );
  expect(started()).toEqual([]);
});

test("an unknown domain is refused with the known ones", async () => {
  const { options, world } = scriptedLaunch();
  await expect(launchTraining({ ...options, domain: "nope" }, world)).rejects.toThrow(
    "domain: expected one of digits, found nope; add domains/nope.py",
  );
});
