import type { Run } from "../../runners/runs/listRuns.ts";
import type { RunNow } from "../../runners/runs/remoteRuns.ts";
import type { KeptRuns } from "./keptRuns.ts";

/** A run, and what it does now if it has not ended as far as is known here. */
export interface RunState {
  run: Run;
  now?: RunNow;
  /** Why it could not be asked. */
  error?: string;
}

/** Asks for a run that goes on; of any other everything is known. */
export async function runState(
  run: Run,
  { remoteRunsOf }: Pick<KeptRuns, "remoteRunsOf">,
): Promise<RunState> {
  if (run.metadata.status !== "running") return { run };
  try {
    return { run, now: await remoteRunsOf(run).status(run) };
  } catch (error) {
    return { run, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Where a run stands, in a few words. */
export function stateText({ run, now, error }: RunState): string {
  if (error !== undefined) return "running when last heard of";
  if (now === undefined) return run.metadata.status;
  return now.isRunning ? now.line : "ended, not fetched: scripts/runs fetch";
}

/** For other programs: the metadata, and what was asked for. */
export function stateJson({ run, now, error }: RunState): object {
  return { ...run.metadata, folder: run.folder, now, error };
}
