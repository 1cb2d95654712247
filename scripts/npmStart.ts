import { join } from "node:path";
import { Command } from "commander";
import { Listr, PRESET_TIMER } from "listr2";
import { lastOutput } from "../runners/notebook/run/lastOutput.ts";
import { runOptions } from "../runners/notebook/run/runOptions.ts";
import { type RemoteResult, runRemote } from "../runners/notebook/run/runRemote.ts";
import { launchTraining, type RunResult } from "../runners/training/launch/launchTraining.ts";
import { endLines } from "../runners/training/launch/runLines.ts";
import { prepareDocker } from "./docker/prepareDocker.ts";
import { root } from "./lab/labStack.ts";
import { labStatus } from "./lab/labStatus.ts";
import { labUp } from "./lab/labUp.ts";
import { stackNodes } from "./nodes/stackNodes.ts";
import { provision } from "./npmStart/provision.ts";
import { nextSteps, report } from "./npmStart/report.ts";
import { readStackState } from "./npmStart/stackState.ts";
import { type PreparedPulumi, preparePulumi } from "./pulumi/prepare.ts";
import { selectStack } from "./pulumi/stack.ts";
import { writeSshConfig } from "./sshConfig/sshConfig.ts";

const stack = "dev";
const forgetDev = ["stack", "rm", stack, "--yes", "--force", "--preserve-config"];

new Command("npm start")
  .description(
    "Makes the lab's nodes, provisions them by `pulumi up` and trains a model across them, and runs a notebook on one.",
  )
  .addHelpText("after", "\nAgain: nothing is done twice. Away with all of it: npm run down")
  .parse();

/** What one step leaves to the next. */
interface Context {
  prepared?: PreparedPulumi;
  run?: RunResult;
  notebook?: RemoteResult;
}
type Step = { output: string; title: string };

async function pulumiStep(context: Context, step: Step): Promise<void> {
  context.prepared = await preparePulumi({ root, say: sayIn(step) });
}

async function labStep({ prepared }: Context, step: Step): Promise<void> {
  const before = await labStatus();
  if (before.length > 0 && before.every(({ system }) => system === "running")) {
    step.title = `Lab: ${before.length} nodes are up`;
    return;
  }
  if (before.length === 0) await prepared?.pulumi(forgetDev, { reject: false }); // what it knew was on nodes now gone
  await labUp({ say: sayIn(step) });
}

async function provisionStep({ prepared }: Context, step: Step): Promise<void> {
  if (prepared === undefined) return;
  await selectStack(prepared, stack);
  const { changed, unchanged } = await provision(prepared, stack, sayIn(step));
  step.title =
    changed === 0
      ? `Nodes are as ${stack} wants them: ${unchanged} resources read live, nothing to change`
      : `Nodes provisioned: ${changed} resources changed, ${unchanged} as they were`;
}

/** A convenience: where ~/.ssh is not ours to write, the rest goes on. */
async function sshConfigStep({ prepared }: Context, step: Step): Promise<void> {
  if (prepared === undefined) return;
  try {
    const { nodes } = await writeSshConfig(
      await stackNodes(prepared, stack, join(root, `Pulumi.${stack}.yaml`)),
    );
    step.title = `Nodes by name: ssh ${nodes.join(", ssh ")}`;
  } catch (error) {
    step.title = `Nodes by name are left out: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function trainingStep(context: Context, step: Step): Promise<void> {
  const print = sayIn(step);
  const result = await launchTraining({
    root,
    stack,
    domain: "digits",
    parameters: { seed: 0 },
    force: false,
    isDetached: false,
    print,
  });
  context.run = result;
  if (result.isFound) step.title = "Training: this run is done already, found by its key";
}

async function notebookStep(context: Context, step: Step): Promise<void> {
  const asked = {
    root,
    stack,
    kind: "notebook",
    file: "23",
    run: "train_model",
    isTimestamped: true,
  } as const;
  const result = await runRemote(runOptions({ ...asked, print: sayIn(step) }));
  context.notebook = result;
  if (result.isFound) step.title = "Notebook 23: this run is done already, found by its key";
}

function sayIn(step: Step): (line: string) => void {
  return (line) => {
    step.output = line;
  };
}

const steps = new Listr<Context>(
  [
    { title: "Pulumi", task: pulumiStep },
    { title: "Docker", task: (_context, step) => prepareDocker({ say: sayIn(step) }) },
    { title: "Lab: three nodes", task: labStep },
    { title: "Nodes provisioned by pulumi up", task: provisionStep },
    { title: "Nodes by name", task: sshConfigStep },
    { title: "Training across the nodes", task: trainingStep },
    { title: "Notebook 23 on a node", task: notebookStep },
  ],
  {
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
    fallbackRenderer: "simple",
    fallbackRendererOptions: { timer: PRESET_TIMER },
    exitOnError: true,
  },
);

try {
  const { prepared, run, notebook } = await steps.run();
  if (prepared !== undefined && run !== undefined && notebook !== undefined) {
    const state = await readStackState(prepared, stack);
    const training = [...endLines(run), `results/${run.metadata.run}`];
    const told = [
      `${notebook.metadata.notebook.file} on ${notebook.metadata.nodes[0]?.name}:`,
      ...(await lastOutput(notebook.folder)),
    ];
    const runs = [...training, "", ...told, `results/${notebook.metadata.run}`];
    console.log(`\n${report(state)}\n\n${runs.join("\n")}\n\n${nextSteps}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
