import { runOptions } from "../../runners/notebook/run/runOptions.ts";
import { runRemote } from "../../runners/notebook/run/runRemote.ts";
import { launchTraining } from "../../runners/training/launch/launchTraining.ts";
import { root } from "../lab/labStack.ts";
import { type Context, type Step, sayIn, stack } from "./step.ts";

export async function trainingStep(context: Context, step: Step): Promise<void> {
  const asked = { root, stack, domain: "digits", parameters: { seed: 0 } };
  const result = await launchTraining({ ...asked, force: false, isDetached: false, print: sayIn(step) });
  context.run = result;
  if (result.isFound) step.title = "Training: this run is done already, found by its key";
}

export async function notebookStep(context: Context, step: Step): Promise<void> {
  const asked = { root, stack, kind: "notebook", file: "23", run: "train_model" } as const;
  const result = await runRemote(runOptions({ ...asked, isTimestamped: true, print: sayIn(step) }));
  context.notebook = result;
  if (result.isFound) step.title = "Notebook 23: this run is done already, found by its key";
}
