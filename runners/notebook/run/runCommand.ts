import { Command } from "commander";
import type { Json } from "../../../provider/settings/setting.ts";
import { usualStack } from "../../../scripts/project.ts";
import { addParameter } from "./parameters.ts";
import { bytesOf, cpusOf, secondsOf } from "./quantities.ts";
import type { RunKind } from "./runOptions.ts";

/** What was typed after `scripts/run-remote.sh`. */
export interface RunArguments {
  file: string;
  run: string;
  stack: string;
  node?: string;
  timestamp?: boolean;
  parameters?: Record<string, Json>;
  memory?: number;
  cpus?: number;
  timeout?: number;
  cellTimeout?: number;
  network?: boolean;
  results?: string[];
  native?: boolean;
  mostResults?: number;
  force?: boolean;
  detach?: boolean;
  mlflow?: string | true;
  dvc?: boolean;
  json?: boolean;
}

const texts = {
  notebook: {
    script: "scripts/run-remote.sh",
    does: "Runs a notebook on a node of a stack; its results come to results/RUN/.",
    file: "a notebook, or the beginning of its name in notebooks/: 23",
    examples: `
Examples:
  scripts/run-remote.sh notebooks/23_train_model.ipynb baseline
  scripts/run-remote.sh 23 lr001 -p learning_rate=0.001 --memory 4g --cpus 2
  scripts/run-remote.sh 23 baseline --timestamp      results/baseline_20251024_143022
  scripts/run-remote.sh 50 compare --results baseline --results lr001
  scripts/run-remote.sh 23 long --timeout 8h --detach && scripts/runs logs long -f`,
  },
  python: {
    script: "scripts/run-remote-python.sh",
    does: "Runs a Python script on a node of a stack; its results come to results/RUN/.",
    file: "a script, or the beginning of its name in src/",
    examples: `
Examples:
  scripts/run-remote-python.sh src/test_remote.py smoke
  scripts/run-remote-python.sh train lr001 -p learning_rate=0.001     the script gets --learning_rate=0.001
  scripts/run-remote-python.sh train big --node mini2 --memory 8g --timeout 2h`,
  },
} as const;

const after = `
The same code, environment, data and parameters are found in results/ and not run twice. Ctrl-C leaves the run to itself:
scripts/runs shows it, its log, stops it and fetches what it left. docs/manual/notebooks.md has the rest.`;

/** The command line of a kind of run; `action` gets it parsed. */
export function runCommand(kind: RunKind, action: (typed: RunArguments) => Promise<void>): Command {
  const { script, does, file, examples } = texts[kind];
  const command = new Command(script)
    .description(does)
    .argument("<file>", file)
    .argument("<run>", "name of the run, and of its folder in results/")
    .option("-p, --parameter <name=value>", "a parameter; again for another", addParameter)
    .option("--node <name>", "node to run on; the stack's first for notebooks when left out")
    .option("--timestamp", "add the time to the run's name")
    .option("--memory <size>", "most memory it may use, as 4g; more is ended and named", bytesOf)
    .option("--cpus <n>", "most processors it may use, as 2 or 0.5", cpusOf)
    .option("--timeout <time>", "most time the whole run may take, as 1h", secondsOf);
  if (kind === "notebook") command.option("--cell-timeout <time>", "most time a cell may take", secondsOf);
  return command
    .option("--network", "let it reach the network; it has none otherwise")
    .option("--results <run>", "an earlier run that it reads, at /input/RUN; again for another", collect)
    .option("--native", "no container: an environment on the node, where a container has no GPU")
    .option("--mlflow [folder]", "log to an MLflow file store in the results; mlruns when left out")
    .option("--dvc", "note what DVC tracks (*.dvc) with the results")
    .option("--most-results <size>", "most that its results may be, as 10g; more stay on the node", bytesOf)
    .option("--force", "run although the same work was done before")
    .option("--detach", "start it and come back at once")
    .option("--stack <name>", "Pulumi stack whose nodes are meant", usualStack)
    .option("--json", "print metadata.json at the end; lines for people go to stderr")
    .addHelpText("after", `${examples}\n${after}`)
    .action((typedFile: string, run: string, { parameter, ...options }: Typed) =>
      action({ file: typedFile, run, ...options, ...(parameter && { parameters: parameter }) }),
    );
}

type Typed = Omit<RunArguments, "file" | "run" | "parameters"> & { parameter?: Record<string, Json> };

function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}
