import { plainText } from "../provider/transport/plainText.ts";
import { type RunArguments, runCommand } from "../runners/notebook/run/runCommand.ts";
import type { RunKind, RunOptions } from "../runners/notebook/run/runOptions.ts";
import { runRemote } from "../runners/notebook/run/runRemote.ts";
import { RunFailed } from "../runners/runs/runFailed.ts";
import { stopOnSignal } from "../runners/runs/stopOnSignal.ts";
import { projectFolder } from "./project.ts";

const [kind, ...words] = process.argv.slice(2);
if (kind !== "notebook" && kind !== "python") throw new Error(`expected notebook or python, got ${kind}`);

function optionsOf(kind: RunKind, typed: RunArguments, print: RunOptions["print"]): RunOptions {
  const { file, run, stack, node, mlflow } = typed;
  return {
    root: projectFolder(),
    stack,
    kind,
    file,
    run,
    node,
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
    print,
    signal: stopOnSignal(() => print("leaving: a run that has begun goes on …")),
  };
}

async function act(typed: RunArguments): Promise<void> {
  const say = typed.json ? console.error : console.log;
  const print = (line: string) => say(plainText(line));
  const options = optionsOf(kind === "python" ? "python" : "notebook", typed, print);
  const { metadata } = await runRemote(options);
  if (typed.json) console.log(JSON.stringify(metadata, null, 2));
  if (options.signal?.aborted) process.exitCode = 130;
}

try {
  await runCommand(kind, act).parseAsync(words, { from: "user" });
} catch (error) {
  console.error(plainText(error instanceof Error ? error.message : String(error)));
  process.exitCode = error instanceof RunFailed ? error.exitCode : 1;
}
