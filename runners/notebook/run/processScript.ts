import { dirname } from "node:path/posix";
import { run } from "../../../provider/shell/command.ts";
import { startProcess } from "../../runs/onNode/startProcess.ts";
import type { NodeRun } from "./nodeRun.ts";
import type { RunLimits } from "./runOptions.ts";

/** A run as its process is started, without a container. */
export interface ProcessStart extends NodeRun {
  /** The executor's Python on the node, and the run's own. */
  executor: string;
  python: string;
  limits: RunLimits;
  /** Name → folder on the node, linked at `data/NAME` of the run's folder. */
  data: Record<string, string>;
  /** What the executor is given after its name. */
  arguments: string[];
  parameters: string;
}

/**
 * Starts a run as a process group of its own, which goes on without us. Memory is limited for each of its processes (its data, as
 * `ulimit -d` has it), processors by which it may use; data is read-only by its files' permissions.
 */
export function startProcessScript(start: ProcessStart): string {
  const { folder, limits } = start;
  const at = (path: string) => `${folder}/${path}`;
  const executor = run(start.executor, "-I", at("context/runner/minirack_notebook"), ...start.arguments);
  const processors =
    limits.cpus === undefined
      ? []
      : [
          `taskset -c "0-$(($(nproc) < ${Math.ceil(limits.cpus)} ? $(nproc) - 1 : ${Math.ceil(limits.cpus) - 1}))"`,
        ];
  return [
    "set -eu",
    "umask 077",
    run("cd", folder),
    "mkdir output",
    "mkdir -p data input packages",
    ...Object.entries(start.data).map(([name, path]) => run("ln", "-s", path, `data/${name}`)),
    `printf '%s' ${run(start.parameters)} > parameters.json`,
    run(
      "export",
      `MINIRACK_OUTPUT=${at("output")}`,
      `MINIRACK_INPUT=${at("input")}`,
      `MINIRACK_DATA=${at("data")}`,
    ),
    `export PATH=${run(dirname(start.python))}:"$PATH"`,
    // What a cell installs is that run's alone: the environment is others' too.
    run(
      "export",
      `PYTHONPATH=${at("context/code/src")}:${at("packages")}`,
      `PIP_TARGET=${at("packages")}`,
      "PYTHONDONTWRITEBYTECODE=1",
    ),
    ...(limits.memoryBytes === undefined ? [] : [`ulimit -d ${Math.floor(limits.memoryBytes / 1024)}`]),
    ...startProcess(folder, `cd context/code && exec ${[...processors, executor].join(" ")}`),
    "",
  ].join("\n");
}
