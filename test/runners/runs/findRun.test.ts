import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFinishedRun, findRun } from "../../../runners/runs/findRun.ts";
import { listRuns } from "../../../runners/runs/listRuns.ts";
import { claimRun, keepMetadata } from "../../../runners/runs/runFolder.ts";
import type { RunMetadata } from "../../../runners/runs/runMetadata.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { finishedMetadata } from "./sampleRun.ts";

async function resultsOf(runs: Partial<RunMetadata>[]): Promise<string> {
  const results = temporaryFolder();
  for (const change of runs) {
    const metadata = finishedMetadata(change);
    await keepMetadata(await claimRun(results, metadata), metadata);
  }
  return results;
}

const day = (number: number) => ({ startedAt: `2026-11-0${number}T00:00:00.000Z` });

test("runs are listed newest first, and what is no run is passed over", async () => {
  const results = await resultsOf([
    { run: "old", ...day(1) },
    { run: "new", ...day(3) },
    { run: "middle", ...day(2) },
  ]);
  mkdirSync(join(results, "plots"));
  mkdirSync(join(results, "cut-short"));
  writeFileSync(join(results, "cut-short", "metadata.json"), '{"run": "cut-sh');
  mkdirSync(join(results, "foreign"));
  writeFileSync(join(results, "foreign", "metadata.json"), '{"run": "foreign", "codeHash": "1"}');
  writeFileSync(join(results, "notes.txt"), "");
  cpSync(join(results, "new"), join(results, ".draft-1"), { recursive: true });
  expect((await listRuns(results)).map(({ name }) => name)).toEqual(["new", "middle", "old"]);
  expect(await listRuns(join(results, "nowhere"))).toEqual([]);
});

test("the same work is not begun while a run of it is under way at its node", async () => {
  const running = { status: "running", remote: { node: "mini2", id: "one-0123abcd" } } as const;
  const key = finishedMetadata().key;
  const going = await resultsOf([{ run: "one", ...running }]);
  expect((await failureOf(findFinishedRun(going, key))).message).toBe(
    "run one: expected no run of the same work under way, got this one; " +
      "follow it (scripts/runs logs one -f), bring home what it left (scripts/runs fetch one), or add --force",
  );
  expect(await findFinishedRun(going, "b".repeat(64))).toBeUndefined();
  expect(
    await findFinishedRun(await resultsOf([{ run: "cut-off", status: "running" }]), key),
  ).toBeUndefined();
  const both = await resultsOf([{ run: "one", ...running }, { run: "two" }]);
  expect((await findFinishedRun(both, key))?.name).toBe("two");
});

test("a run that was moved or copied goes by its folder's name", async () => {
  const results = await resultsOf([{ run: "first" }]);
  cpSync(join(results, "first"), join(results, "second"), { recursive: true });
  expect((await findRun(results, "second")).name).toBe("second");
});

test("keys that a runner adds are kept", async () => {
  const results = temporaryFolder();
  const nodes = [{ name: "mini1", linkAddress: "172.31.0.11" }];
  const metadata = { ...finishedMetadata({ nodes }), notebook: { cells: 3 } };
  await keepMetadata(await claimRun(results, metadata), metadata);
  expect((await findRun(results, "baseline")).metadata).toEqual(metadata);
});

test("the same work is found under any name: the newest that finished", async () => {
  const other = { key: "e".repeat(64) };
  const results = await resultsOf([
    { run: "old", ...day(1) },
    { run: "newer", ...day(2) },
    { run: "failed", ...day(3), status: "failed", exit: { code: 1, reason: "no" } },
    { run: "running", ...day(4), status: "running" },
    { run: "other", ...day(5), ...other },
  ]);
  expect((await findFinishedRun(results, finishedMetadata().key))?.name).toBe("newer");
  expect(await findFinishedRun(results, "f".repeat(64))).toBeUndefined();
});

test("an unknown run is refused with the names that are like it", async () => {
  const results = await resultsOf([{ run: "baseline" }, { run: "tuned" }]);
  const messageOf = async (name: string) => (await failureOf(findRun(results, name))).message;
  expect(await messageOf("basline")).toBe(
    "run basline: expected a run in results/, got none; the nearest names are baseline",
  );
  expect(await messageOf("zzz")).toBe(
    "run zzz: expected a run in results/, got none; scripts/runs lists those there are",
  );
  expect(await messageOf("../baseline")).toContain("run name: expected");
});
