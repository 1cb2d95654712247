import { folderOnNode } from "../../runs/onNode/runId.ts";

/** A run as its node knows it. */
export interface NodeRun {
  /** `RUN-xxxxxxxx`: no other run's, also of the same name. */
  id: string;
  /** Where the folders of all runs are. */
  runsFolder: string;
  /** Its folder on the node. */
  folder: string;
  /** Its container's name. */
  container: string;
  /** Whether it runs without a container. */
  isNative: boolean;
}

/** What a run's id means on its node. */
export function nodeRun(runsFolder: string, id: string, isNative: boolean): NodeRun {
  return { id, runsFolder, folder: folderOnNode(runsFolder, id), container: `minirack-${id}`, isNative };
}
