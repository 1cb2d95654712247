import type { Run } from "./listRuns.ts";
import type { RunMetadata } from "./runMetadata.ts";

/** What a run does now. */
export interface RunNow {
  isRunning: boolean;
  /** For people: `running, cell 3 of 10, 12 s`. */
  line: string;
}

/** How a log is shown. */
export interface LogOptions {
  /** Goes on with lines to come until the run ends. */
  follow: boolean;
  /** Takes each line as it comes. */
  print: (line: string) => void;
  /** Ends the following, not the run. */
  signal?: AbortSignal | undefined;
}

/** The way back to runs that were going on when we last heard of them. */
export interface RemoteRuns {
  /** @throws Error when it cannot be asked: the node is down */
  status(run: Run): Promise<RunNow>;
  logs(run: Run, options: LogOptions): Promise<void>;
  /** Ends the run and waits until it has. */
  stop(run: Run): Promise<void>;
  /** Brings results and final metadata into the run's folder and gives that; of a run that goes on nothing but what is known. */
  fetch(run: Run): Promise<RunMetadata>;
}
