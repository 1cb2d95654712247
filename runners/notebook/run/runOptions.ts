import type { Json } from "../../../provider/settings/setting.ts";

/** A notebook is run cell by cell, a Python script from its beginning to its end. */
export type RunKind = "notebook" | "python";

/** What a run may take of its node. */
export interface RunLimits {
  memoryBytes?: number | undefined;
  /** Processors, parts of one too. */
  cpus?: number | undefined;
  /** Of the whole run. */
  timeoutSeconds?: number | undefined;
  /** Of each cell. */
  cellTimeoutSeconds?: number | undefined;
  /** Whether it reaches a network; never unless asked for. */
  hasNetwork: boolean;
}

/** What to run, where, and who is told. */
export interface RunOptions {
  /** The project's folder. */
  root: string;
  stack: string;
  kind: RunKind;
  /** As it was typed: a path, a name, or the beginning of one. */
  file: string;
  /** Name of the run, and of its folder in `results/`. */
  run: string;
  /** Adds the time to the name. */
  isTimestamped: boolean;
  /** Node to run on; the first of the notebook runner's when left out. */
  node?: string | undefined;
  parameters: Record<string, Json>;
  limits: RunLimits;
  /** Earlier runs whose results are read, at `/input/RUN`. */
  inputs: string[];
  /** Without a container, in an environment on the node. */
  isNative: boolean;
  /** Most that its results may be, in bytes; as much as there is room when left out. */
  mostResultBytes?: number | undefined;
  /** Runs again although the same work was done before. */
  force: boolean;
  /** Starts it and comes back at once. */
  isDetached: boolean;
  /** Folder of an MLflow file store, in the results; nothing is logged when left out. */
  mlflow?: string | undefined;
  /** Whether what DVC tracks is noted. */
  dvc: boolean;
  /** Takes each line for a person as it comes. */
  print: (line: string) => void;
  /** Leaves the run to itself when aborted. */
  signal?: AbortSignal | undefined;
}

type Asked = Pick<RunOptions, "root" | "stack" | "kind" | "file" | "run" | "print">;

/** A run for which nothing is asked but what is given. */
export function runOptions(asked: Asked & Partial<RunOptions>): RunOptions {
  return {
    isTimestamped: false,
    parameters: {},
    limits: { hasNetwork: false },
    inputs: [],
    isNative: false,
    force: false,
    isDetached: false,
    dvc: false,
    ...asked,
  };
}
