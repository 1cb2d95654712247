import type { Run } from "../../runners/runs/listRuns.ts";
import type { RemoteRuns } from "../../runners/runs/remoteRuns.ts";

/** What the commands work on. */
export interface KeptRuns {
  /** Absolute path of the project's `results/`. */
  results: string;
  /** The way back to a run that goes on. */
  remoteRunsOf(run: Run): RemoteRuns;
  /** Takes each line for a person. */
  print(line: string): void;
  /** Takes an error's text where the rest goes on. */
  warn(line: string): void;
}
