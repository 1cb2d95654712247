import { linesOf, readLog } from "../../runners/runs/executionLog.ts";
import { findRun } from "../../runners/runs/findRun.ts";
import type { LogOptions } from "../../runners/runs/remoteRuns.ts";
import type { KeptRuns } from "./keptRuns.ts";

/**
 * Prints what a run has said: asks for it where the run goes on, else from its folder.
 * @throws Error when there is no such run, or nothing is left of what it said
 */
export async function showRunLog(kept: KeptRuns, name: string, options: LogOptions): Promise<void> {
  const run = await findRun(kept.results, name);
  if (run.metadata.status === "running") return kept.remoteRunsOf(run).logs(run, options);
  const text = (await readLog(run.folder)) ?? run.metadata.lastLines?.join("\n");
  if (text === undefined) {
    throw new Error(
      `run ${name}: expected execution.log in its folder, got none; what it left is in results/${name}`,
    );
  }
  for (const line of linesOf(text)) options.print(line);
}
