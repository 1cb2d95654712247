import type { RunOptions } from "./runOptions.ts";

/** Where a run finds its things: in its container, or in its folder on the node. */
export interface RunPlaces {
  /** The run's own Python. */
  python: string;
  output: string;
  parametersFile: string;
}

/** What the executor is given for a run. A parameter is in a file of the run's own: an argument would be seen by everybody on the node. */
export function executorArguments(options: RunOptions, file: string, places: RunPlaces): string[] {
  const { kind, limits, mlflow, dvc } = options;
  const seconds = (flag: string, value: number | undefined) =>
    value === undefined ? [] : [flag, String(value)];
  return [
    ...[kind, file, "--python", places.python, "--output", places.output],
    ...["--parameters-json", places.parametersFile],
    ...seconds("--timeout", limits.timeoutSeconds),
    ...(mlflow === undefined ? [] : ["--mlflow", mlflow]),
    ...(dvc ? ["--dvc"] : []),
    ...(kind === "notebook" ? seconds("--cell-timeout", limits.cellTimeoutSeconds) : []),
  ];
}
