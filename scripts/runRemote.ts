import { plainText } from "../provider/transport/plainText.ts";
import { type RunArguments, runCommand } from "../runners/notebook/run/runCommand.ts";
import { runRemote } from "../runners/notebook/run/runRemote.ts";
import { typedOptions } from "../runners/notebook/run/typedOptions.ts";
import { stringifyExact } from "../runners/runs/exactNumbers.ts";
import { RunFailed } from "../runners/runs/runFailed.ts";
import { stopOnSignal } from "../runners/runs/stopOnSignal.ts";
import { projectFolder } from "./project.ts";

const [kind, ...words] = process.argv.slice(2);
if (kind !== "notebook" && kind !== "python") throw new Error(`expected notebook or python, got ${kind}`);

async function act(typed: RunArguments): Promise<void> {
  const say = typed.json ? console.error : console.log;
  const print = (line: string) => say(plainText(line));
  const signal = stopOnSignal(() => print("leaving: a run that has begun goes on …"));
  const options = typedOptions(kind === "python" ? "python" : "notebook", typed, {
    ...{ root: projectFolder(), print, signal },
  });
  const { metadata } = await runRemote(options);
  if (typed.json) console.log(stringifyExact(metadata, 2));
  if (options.signal?.aborted) process.exitCode = 130;
}

try {
  await runCommand(kind, act).parseAsync(words, { from: "user" });
} catch (error) {
  console.error(plainText(error instanceof Error ? error.message : String(error)));
  process.exitCode = error instanceof RunFailed ? error.exitCode : 1;
}
