import { findRun } from "../../runners/runs/findRun.ts";
import { listRuns, type Run } from "../../runners/runs/listRuns.ts";
import { missingLines } from "../../runners/runs/missingLines.ts";
import type { RunMetadata } from "../../runners/runs/runMetadata.ts";
import { utcMinute } from "../../runners/runs/utcMinute.ts";
import type { KeptRuns } from "./keptRuns.ts";

/**
 * Ends a run that goes on and fetches what it leaves.
 * @throws Error when there is no such run, or it has ended
 */
export async function stopRun(kept: KeptRuns, name: string): Promise<void> {
  const run = await findRun(kept.results, name);
  const { status, finishedAt } = run.metadata;
  if (status !== "running") {
    const when = finishedAt === undefined ? "" : ` at ${utcMinute(finishedAt)}`;
    throw new Error(
      `run ${name}: expected a run that goes on, got one that ${past[status]}${when}; there is nothing to stop`,
    );
  }
  const remote = kept.remoteRunsOf(run);
  await remote.stop(run);
  report(kept, run, await remote.fetch(run));
}

/**
 * Brings what a run left into its folder, or with no name what all have left that ended without us.
 * @returns whether all of them could be asked
 * @throws Error when there is no run with that name
 */
export async function fetchRuns(kept: KeptRuns, name?: string): Promise<boolean> {
  const isOut = ({ metadata }: Run) => metadata.status === "running";
  const runs =
    name === undefined ? (await listRuns(kept.results)).filter(isOut) : [await findRun(kept.results, name)];
  if (runs.length === 0) kept.print("nothing to fetch: no run goes on or has ended without us");
  let isWhole = true;
  for (const run of runs) {
    try {
      const metadata = isOut(run) ? await kept.remoteRunsOf(run).fetch(run) : run.metadata;
      report(kept, run, metadata);
    } catch (error) {
      isWhole = false;
      kept.warn(error instanceof Error ? error.message : String(error));
    }
  }
  return isWhole;
}

const past = { finished: "finished", failed: "failed", stopped: "was stopped" };

function report({ print }: KeptRuns, run: Run, metadata: RunMetadata): void {
  for (const line of missingLines(metadata)) print(line);
  print(endLine(run, metadata));
}

function endLine({ name }: Run, { status, exit }: RunMetadata): string {
  if (status === "running") return `run ${name}: goes on; scripts/runs logs ${name} -f shows what it says`;
  const how = { finished: "finished", failed: `failed: ${exit?.reason}`, stopped: exit?.reason }[status];
  return `run ${name}: ${how}; results/${name}`;
}
