import { readStackOutput } from "../../stackOutput.ts";
import { type Training, trainingSchema } from "./training.ts";

/** The stack's output `training`. @throws Error when Pulumi cannot read the stack, or when it has no training runner */
export function readTraining(root: string, stack: string): Promise<Training> {
  return readStackOutput(root, stack, { name: "training", schema: trainingSchema });
}
