import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { processShell } from "../../runs/onNode/processShell.ts";
import { folderOnNode } from "../../runs/onNode/runId.ts";
import type { RunShell } from "../../runs/onNode/runShell.ts";

/** A training run as its first node knows it: a process group there, and a folder in the user's home. */
export interface TrainingRun {
  node: Pick<OpenNode, "run" | "download">;
  /** `RUN-xxxxxxxx`: no other run's, also of the same name. */
  id: string;
  /** From the user's home, where every script begins. */
  folder: string;
  shell: RunShell;
}

/** Where the folders are. */
export const runsFolder = ".cache/minirack/runs";

/** What a run's id means at its first node. */
export function trainingRun(node: TrainingRun["node"], id: string): TrainingRun {
  const folder = folderOnNode(runsFolder, id);
  return { node, id, folder, shell: processShell(folder) };
}
