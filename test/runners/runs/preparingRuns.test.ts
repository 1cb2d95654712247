import { once } from "node:events";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { thisLauncher } from "../../../runners/runs/launcher.ts";
import { type Run, readRun } from "../../../runners/runs/listRuns.ts";
import { preparingRuns } from "../../../runners/runs/preparingRuns.ts";
import { claimRun, keepMetadata } from "../../../runners/runs/runFolder.ts";
import { failureOf } from "../../support/failureOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { finishedMetadata, sampleMetadata } from "./sampleRun.ts";

async function runIn(folder: string): Promise<Run> {
  const run = await readRun(folder);
  if (run === undefined) throw new Error(`expected a run in ${folder}, got none`);
  return run;
}

/** A run of this process. */
async function ownRun(): Promise<Run> {
  return runIn(await claimRun(temporaryFolder(), sampleMetadata()));
}

/** A run of a process that is gone. */
async function lostRun(): Promise<Run> {
  const run = await ownRun();
  const metadata = { ...run.metadata, launcher: { ...(await thisLauncher()), birth: "another boot" } };
  await keepMetadata(run.folder, metadata);
  return { ...run, metadata };
}

test("a run is prepared as long as the process lives that launched it", async () => {
  const run = await ownRun();
  const { launcher } = run.metadata;
  expect(await preparingRuns.status(run)).toEqual({
    isRunning: true,
    line: `prepared by process ${process.pid} on ${launcher?.controller}`,
  });
  const lines: string[] = [];
  await preparingRuns.logs(run, { follow: false, print: (line) => lines.push(line) });
  expect(lines).toEqual([`prepared by process ${process.pid} on ${launcher?.controller}`]);
  expect(await preparingRuns.fetch(run)).toEqual(run.metadata);
});

test("a run whose process went without a word is kept as failed, once asked for", async () => {
  const run = await lostRun();
  expect(await preparingRuns.status(run)).toEqual({
    isRunning: false,
    line: "its launch ended without a word",
  });
  const kept = await preparingRuns.fetch(run);
  expect(kept).toMatchObject({ status: "failed", exit: { code: null } });
  expect((await runIn(run.folder)).metadata).toEqual(JSON.parse(JSON.stringify(kept)));
});

test("an end that was kept after we looked stands", async () => {
  const run = await lostRun();
  await keepMetadata(run.folder, finishedMetadata());
  expect(await preparingRuns.fetch(run)).toEqual(finishedMetadata());
});

test("another controller's run can be neither judged nor stopped here", async () => {
  const run = await ownRun();
  const metadata = { ...run.metadata, launcher: { controller: "mac-of-ada", pid: 1, birth: "" } };
  expect((await preparingRuns.status({ ...run, metadata })).isRunning).toBe(true);
  expect((await failureOf(preparingRuns.stop({ ...run, metadata }))).message).toBe(
    "run baseline: expected a run of this controller, got one of process 1 on mac-of-ada; stop it there",
  );
});

test("stop asks the launching process and waits until it is gone", async () => {
  const results = temporaryFolder();
  const child = execa("node", ["--import", "tsx", join(import.meta.dirname, "preparesForever.ts"), results]);
  await once(child.stdout, "data");
  const run = await runIn(join(results, "baseline"));
  await preparingRuns.stop(run);
  expect((await child).stdout).toBe("started\ntold to stop");
  expect(await preparingRuns.fetch(run)).toMatchObject({ status: "stopped" });
});
