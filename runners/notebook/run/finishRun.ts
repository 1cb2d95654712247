import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { persistent } from "../../../provider/transport/persistent.ts";
import { ended } from "../../runs/ended.ts";
import { fetchAttempts, removeScript } from "../../runs/onNode/endScripts.ts";
import { finishedAt } from "../../runs/onNode/processState.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import { type Fetched, fetchResults } from "./fetchResults.ts";
import type { NodeRun } from "./nodeRun.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import { runEnd } from "./runEnd.ts";
import { runShell } from "./runShell.ts";

/**
 * Brings a run that is over home: its results and its last metadata.json into its folder, then it goes from the node. Cut off
 * before that, the next contact does it again.
 *
 * @param isLate whether it ended some time ago: then its node says when
 */
export async function finishRun(
  node: OpenNode,
  at: NodeRun,
  folder: string,
  metadata: NotebookMetadata,
  isLate = false,
): Promise<NotebookMetadata> {
  const fetched = await persistent(() => fetchResults(node, at, folder), fetchAttempts);
  const finished = finishedMetadata(metadata, fetched, isLate ? finishedAt(fetched.state) : new Date());
  await keepMetadata(folder, finished);
  await node.run({ script: removeScript(at.folder, runShell(at)) });
  return finished;
}

/** What the run's metadata says once it is over. */
export function finishedMetadata(metadata: NotebookMetadata, fetched: Fetched, at: Date): NotebookMetadata {
  const { outcome, lastLines } = fetched;
  const node = metadata.nodes[0]?.name ?? "";
  const end = runEnd({ node, ...fetched, limits: { hasNetwork: false, ...metadata.limits } });
  const told = ended(metadata, end, at);
  const ownSeconds = outcome?.notebookSeconds;
  const { bound, notebook, environment } = metadata;
  return {
    ...metadata,
    ...told,
    environment: { ...environment, python: outcome?.python, packages: outcome?.packages },
    peakMemoryBytes: outcome?.peakMemoryBytes,
    bound: bound && { ...bound, secondsBeyond: told.seconds - (ownSeconds ?? 0) },
    notebook: { ...notebook, seconds: ownSeconds, cells: outcome?.cells, dvc: outcome?.dvc },
    ...(end.status !== "finished" && { lastLines }),
  };
}
