import { Command } from "commander";
import { Listr, PRESET_TIMER } from "listr2";
import { lastOutput } from "../runners/notebook/run/lastOutput.ts";
import { endLines } from "../runners/training/launch/runLines.ts";
import { prepareDocker } from "./docker/prepareDocker.ts";
import { labStep, provisionStep, pulumiStep, sshConfigStep } from "./npmStart/nodeSteps.ts";
import { nextSteps, report } from "./npmStart/report.ts";
import { notebookStep, trainingStep } from "./npmStart/runSteps.ts";
import { readStackState } from "./npmStart/stackState.ts";
import { type Context, sayIn, stack } from "./npmStart/step.ts";

new Command("npm start")
  .description(
    "Makes the lab's nodes, provisions them by `pulumi up` and trains a model across them, and runs a notebook on one.",
  )
  .addHelpText("after", "\nAgain: nothing is done twice. Away with all of it: npm run down")
  .parse();

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

/** The nodes, and what ran on them. */
async function told({ prepared, run, notebook }: Context): Promise<string> {
  if (prepared === undefined || run === undefined || notebook === undefined) return "";
  const { metadata, folder } = notebook;
  const lines = [
    ...[...endLines(run), `results/${run.metadata.run}`, ""],
    `${metadata.notebook.file} on ${metadata.nodes[0]?.name}:`,
    ...(await lastOutput(folder)),
    `results/${metadata.run}`,
  ];
  return `\n${report(await readStackState(prepared, stack))}\n\n${lines.join("\n")}\n\n${nextSteps}`;
}

try {
  console.log(await told(await steps.run()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
