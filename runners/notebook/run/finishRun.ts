import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { persistent } from "../../../provider/transport/persistent.ts";
import { ended } from "../../runs/ended.ts";
import { stayingOf } from "../../runs/leftOut.ts";
import { fetchAttempts, removeScript } from "../../runs/onNode/endScripts.ts";
import { finishedAt } from "../../runs/onNode/processState.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import { type Fetched, fetchResults } from "./fetchResults.ts";
import type { NodeRun } from "./nodeRun.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import { runEnd } from "./runEnd.ts";
import { runShell } from "./runShell.ts";

/** How a run is brought home. */
interface Finishing {
  /** Whether it ended some time ago: then its node says when. */
  isLate?: boolean;
  /** Most that its output may be. */
  mostBytes?: number | undefined;
}

/**
 * Brings a run that is over home: its results and its last metadata.json into its folder, then it goes from the node; its folder
 * there stays where something could not come. Cut off before that, the next contact does it again.
 */
export async function finishRun(
  node: OpenNode,
  at: NodeRun,
  folder: string,
  metadata: NotebookMetadata,
  { isLate = false, mostBytes }: Finishing = {},
): Promise<NotebookMetadata> {
  const fetched = await persistent(() => fetchResults(node, at, folder, mostBytes), fetchAttempts);
  const told = finishedMetadata(metadata, fetched, isLate ? finishedAt(fetched.state) : new Date());
  const finished = { ...told, leftOut: stayingOf(node.name, at.folder, fetched.leftOut) };
  await keepMetadata(folder, finished);
  const shell = runShell(at);
  const script = finished.leftOut ? shell.remove() : removeScript(at.runsFolder, at.id, shell);
  await node.run({ script });
  return finished;
}

/** What the run's metadata says once it is over. */
export function finishedMetadata(metadata: NotebookMetadata, fetched: Fetched, at: Date): NotebookMetadata {
  const { outcome, lastLines, logCutBytes } = fetched;
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
    logCutBytes,
    bound: bound && { ...bound, secondsBeyond: told.seconds - (ownSeconds ?? 0) },
    notebook: { ...notebook, seconds: ownSeconds, cells: outcome?.cells, dvc: outcome?.dvc },
    ...(end.status !== "finished" && { lastLines }),
  };
}
