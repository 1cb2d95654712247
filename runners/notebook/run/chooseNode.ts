import { nearestNames } from "../../../config/nearestNames.ts";
import type { NotebookNode, NotebookOutputs } from "../notebookOutputs.ts";

/** The node that was asked for; the notebook runner's first when none was. */
export function chooseNode(outputs: NotebookOutputs, name: string | undefined): NotebookNode {
  const found = outputs.nodes.find((node) => name === undefined || node.name === name);
  if (found !== undefined) return found;
  const names = outputs.nodes.map((node) => node.name);
  const [nearest] = nearestNames(name ?? "", names, 1);
  const remedy =
    nearest === undefined
      ? "add it to notebook.nodes in the cluster file, then npx pulumi up"
      : `write ${nearest}`;
  throw new Error(
    `--node: expected a node that runs notebooks (${names.join(", ")}), got ${name}; ${remedy}`,
  );
}
