import { setTimeout as wait } from "node:timers/promises";
import { printLog } from "../../runners/runs/executionLog.ts";
import { findRun } from "../../runners/runs/findRun.ts";
import type { Run } from "../../runners/runs/listRuns.ts";
import type { LogOptions } from "../../runners/runs/remoteRuns.ts";
import type { KeptRuns } from "./keptRuns.ts";

const lookEveryMs = 300;

/**
 * Prints what a run has said: asks for it where the run goes on, else from its folder.
 * @throws Error when there is no such run, or nothing is left of what it said
 */
export async function showRunLog(kept: KeptRuns, name: string, options: LogOptions): Promise<void> {
  const found = await findRun(kept.results, name);
  const run = options.follow ? await onceOnNode(found, kept, options) : found;
  if (run.metadata.status === "running") return kept.remoteRunsOf(run).logs(run, options);
  if (await printLog(run.folder, options.print)) return;
  const { lastLines } = run.metadata;
  if (lastLines === undefined) {
    throw new Error(
      `run ${name}: expected execution.log in its folder, got none; what it left is in results/${name}`,
    );
  }
  for (const line of lastLines) options.print(line);
}

/** A run that is being brought to its node says nothing yet; its folder tells when it is there. */
async function onceOnNode(run: Run, kept: KeptRuns, options: LogOptions): Promise<Run> {
  const { status, remote } = run.metadata;
  if (status !== "running" || remote !== undefined) return run;
  if (!(await kept.remoteRunsOf(run).status(run)).isRunning) return run;
  await wait(lookEveryMs, undefined, { signal: options.signal });
  return onceOnNode(await findRun(kept.results, run.name), kept, options);
}
