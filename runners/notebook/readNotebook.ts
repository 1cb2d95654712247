import { readStackOutput } from "../stackOutput.ts";
import { type NotebookOutputs, notebookOutputsSchema } from "./notebookOutputs.ts";

/** The stack's output `notebook`. @throws Error when Pulumi cannot read the stack, or when it has no notebook runner */
export function readNotebook(root: string, stack: string): Promise<NotebookOutputs> {
  return readStackOutput(root, stack, { name: "notebook", schema: notebookOutputsSchema });
}
