import { LostConnection } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { ended } from "../../runs/ended.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import { type Fetched, fetchResults } from "./fetchResults.ts";
import type { NodeRun } from "./nodeRun.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import { runEnd } from "./runEnd.ts";
import { removeScript } from "./runShell.ts";

const attempts = 3;

/**
 * Brings a run that is over home: its results and its last metadata.json into its folder, then it goes from the node. Cut off
 * before that, the next contact does it again.
 */
export async function finishRun(
  node: OpenNode,
  at: NodeRun,
  folder: string,
  metadata: NotebookMetadata,
): Promise<NotebookMetadata> {
  const fetched = await whileLost(() => fetchResults(node, at, folder));
  const finished = finishedMetadata(metadata, fetched);
  await keepMetadata(folder, finished);
  await node.run({ script: removeScript(at) });
  return finished;
}

/** A connection that is lost is made anew by the next script: what was being brought is brought again. */
async function whileLost<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LostConnection) || attempt === attempts) throw error;
    }
  }
}

/** What the run's metadata says once it is over. */
export function finishedMetadata(metadata: NotebookMetadata, fetched: Fetched): NotebookMetadata {
  const { outcome, lastLines } = fetched;
  const node = metadata.nodes[0]?.name ?? "";
  const end = runEnd({ node, ...fetched, limits: { hasNetwork: false, ...metadata.limits } });
  const told = ended(metadata, end);
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
