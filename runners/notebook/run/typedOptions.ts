import type { RunArguments } from "./runCommand.ts";
import type { RunKind, RunOptions } from "./runOptions.ts";

/** What was typed, as a run of a project's folder. */
export function typedOptions(
  kind: RunKind,
  typed: RunArguments,
  { root, print, signal }: Pick<RunOptions, "root" | "print" | "signal">,
): RunOptions {
  const { file, run, stack, node, mlflow } = typed;
  return {
    ...{ root, stack, kind, file, run, node, print, signal },
    isTimestamped: typed.timestamp ?? false,
    parameters: typed.parameters ?? {},
    limits: {
      memoryBytes: typed.memory,
      cpus: typed.cpus,
      timeoutSeconds: typed.timeout,
      cellTimeoutSeconds: typed.cellTimeout,
      hasNetwork: typed.network ?? false,
    },
    inputs: typed.results ?? [],
    isNative: typed.native ?? false,
    mostResultBytes: typed.mostResults,
    force: typed.force ?? false,
    isDetached: typed.detach ?? false,
    mlflow: mlflow === true ? "mlruns" : mlflow,
    dvc: typed.dvc ?? false,
  };
}
