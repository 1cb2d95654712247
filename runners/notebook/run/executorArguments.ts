import { scriptArguments } from "./parameters.ts";
import type { RunOptions } from "./runOptions.ts";

/** Where a run finds its things: in its container, or in its folder on the node. */
export interface RunPlaces {
  output: string;
  parametersFile: string;
}

/** What `python -m minirack_notebook` is given for a run. */
export function executorArguments(options: RunOptions, file: string, places: RunPlaces): string[] {
  const { kind, parameters, limits, mlflow, dvc } = options;
  const seconds = (flag: string, value: number | undefined) =>
    value === undefined ? [] : [flag, String(value)];
  return [
    ...[kind, file, "--output", places.output],
    ...seconds("--timeout", limits.timeoutSeconds),
    ...(mlflow === undefined ? [] : ["--mlflow", mlflow]),
    ...(dvc ? ["--dvc"] : []),
    ...(kind === "notebook"
      ? ["--parameters-json", places.parametersFile, ...seconds("--cell-timeout", limits.cellTimeoutSeconds)]
      : ["--", ...scriptArguments(parameters)]),
  ];
}
