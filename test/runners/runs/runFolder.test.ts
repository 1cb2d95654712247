import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { thisLauncher } from "../../../runners/runs/launcher.ts";
import { readRun } from "../../../runners/runs/listRuns.ts";
import { claimRun, keepMetadata } from "../../../runners/runs/runFolder.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { finishedMetadata, sampleMetadata } from "./sampleRun.ts";

describe("a claim of a name", () => {
  test("makes the folder with whole metadata, which names the process that claimed it", async () => {
    const results = join(temporaryFolder(), "results");
    const folder = await claimRun(results, sampleMetadata());
    expect(folder).toBe(join(results, "baseline"));
    const read = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8"));
    expect(read).toEqual({ ...sampleMetadata(), launcher: await thisLauncher() });
    expect(readdirSync(results)).toEqual(["baseline"]);
  });

  test("by many at once has one winner, whose metadata stays", async () => {
    const results = temporaryFolder();
    const wanted = Array.from({ length: 24 }, (_, index) => sampleMetadata({ parameters: { index } }));
    const claims = await Promise.allSettled(wanted.map((metadata) => claimRun(results, metadata)));
    const winners = claims.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
    expect(winners).toHaveLength(1);
    expect((await readRun(join(results, "baseline")))?.metadata.parameters).toEqual({ index: winners[0] });
    expect(readdirSync(results)).toEqual(["baseline"]); // the others' drafts are gone
  });

  const taken = "run baseline: expected a name that is free, got results/baseline";
  const remedy = "; choose another name or add --timestamp";
  const now = sampleMetadata({ startedAt: "2026-11-25T09:00:00.000Z" });

  test.each([
    ["the same work", now],
    ["other parameters", { ...now, key: "e".repeat(64), parameters: { epochs: 4 } }],
    ["other code, data", { ...now, key: "e".repeat(64), code: { sha256: "e".repeat(64) }, data: {} }],
    ["other work", { ...now, key: "e".repeat(64) }],
  ])("that is taken says that it was %s, and changes nothing", async (difference, wanted) => {
    const results = temporaryFolder();
    await keepMetadata(await claimRun(results, sampleMetadata()), finishedMetadata());
    const error = await failureOf(claimRun(results, wanted));
    expect(error.message).toBe(`${taken} of 2026-11-24 10:12 UTC (finished; ${difference})${remedy}`);
    expect((await readRun(join(results, "baseline")))?.metadata).toEqual(finishedMetadata());
  });

  test("that goes on is led to", async () => {
    const results = temporaryFolder();
    await claimRun(results, sampleMetadata());
    expect((await failureOf(claimRun(results, now))).message).toBe(
      `${taken} of 2026-11-24 10:12 UTC (running; the same work); ` +
        "scripts/runs logs baseline -f follows it; or choose another name or add --timestamp",
    );
  });

  test.each([
    ["a folder of something else", (path: string) => mkdirSync(join(path, "plots"), { recursive: true })],
    ["a file", (path: string) => writeFileSync(path, "notes")],
    ["a link that leads elsewhere", (path: string) => symlinkSync("/", path)],
  ])("that is %s is refused", async (_what, make) => {
    const results = temporaryFolder();
    make(join(results, "baseline"));
    const error = await failureOf(claimRun(results, now));
    expect(error.message).toBe(`${taken} which is no run${remedy}`);
    expect(readdirSync(results)).toEqual(["baseline"]);
  });

  test("with a path in it touches nothing", async () => {
    const results = join(temporaryFolder(), "results");
    expect((await failureOf(claimRun(results, { ...now, run: "../out" }))).message).toContain("out would do");
    expect(existsSync(results)).toBe(false);
  });
});

test("what a killed claim left goes with a later one, and no other's that is under way", async () => {
  const results = temporaryFolder();
  const [old, fresh] = [join(results, ".draft-old"), join(results, ".draft-fresh")];
  for (const draft of [old, fresh]) mkdirSync(draft);
  utimesSync(old, 0, 0);
  await claimRun(results, sampleMetadata());
  expect(readdirSync(results).sort()).toEqual([".draft-fresh", "baseline"]);
});

test("metadata is whole at every moment of being written, and when its writer is killed", async () => {
  const results = temporaryFolder();
  const folder = await claimRun(results, sampleMetadata());
  const lastLine = async () => (await readRun(folder))?.metadata.lastLines?.at(-1);
  const entry = join(import.meta.dirname, "writesForever.ts");
  const writer = execa("node", ["--import", "tsx", entry, folder], { reject: false });
  await once(writer.stdout, "data");
  const seen = new Set<string | undefined>();
  for (let reads = 0; reads < 100; reads++) seen.add(await lastLine());
  writer.kill("SIGKILL");
  await writer;
  seen.add(await lastLine());
  expect([...seen]).toEqual(["end"]);
});
