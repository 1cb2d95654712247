import { relative } from "node:path";
import { type OpenNode, openNode } from "../../../provider/transport/openNode.ts";
import { ended } from "../../runs/ended.ts";
import { findFinishedRun } from "../../runs/findRun.ts";
import { RunFailed } from "../../runs/runFailed.ts";
import { claimRun, keepMetadata } from "../../runs/runFolder.ts";
import { readNotebook } from "../readNotebook.ts";
import { chooseNode } from "./chooseNode.ts";
import { finishRun } from "./finishRun.ts";
import { followRun } from "./followRun.ts";
import { type NotebookMetadata, notebookMetadataSchema } from "./notebookMetadata.ts";
import { planRun, type RunPlan } from "./planRun.ts";
import { resolveFile } from "./resolveFile.ts";
import { detachedLines, endLines, foundLine, startLine } from "./runLines.ts";
import type { RunOptions } from "./runOptions.ts";
import { startRun } from "./startRun.ts";

/** A run that has ended, was found, or goes on by itself: then its status is `running`. */
export interface RemoteResult {
  metadata: NotebookMetadata;
  /** Absolute path of `results/RUN`. */
  folder: string;
  /** The same work had been done before; nothing was run now. */
  isFound: boolean;
}

/** The outside world, replaced in tests. */
export interface RunWorld {
  readNotebook: typeof readNotebook;
}

/**
 * Runs a notebook or a script on a node of a stack and brings its results to `results/RUN`, or finds the run that did
 * the same work before. A run that was started goes on without us: a lost connection or an aborted signal ends only the
 * following.
 *
 * @throws RunFailed when it started and did not finish; what it left is in its folder
 * @throws Error when nothing could be started
 */
export async function runRemote(
  options: RunOptions,
  world: RunWorld = { readNotebook },
): Promise<RemoteResult> {
  const { root, stack, kind, print } = options;
  const file = resolveFile(root, kind, options.file);
  const outputs = await world.readNotebook(root, stack);
  const spec = chooseNode(outputs, options.node);
  const node = await openNode({ name: spec.name, connection: spec.connection });
  try {
    const plan = await planRun({ options, file, node: spec, outputs }, node);
    const found = options.force ? undefined : await findFinishedRun(plan.results, plan.metadata.key);
    if (found !== undefined) {
      const metadata = notebookMetadataSchema.parse(found.metadata);
      print(foundLine(found.name, metadata));
      return { metadata, folder: found.folder, isFound: true };
    }
    const folder = await claimRun(plan.results, plan.metadata);
    print(startLine(plan));
    const started = await startRun(plan, options, node, folder).catch((error: unknown) =>
      notStarted(plan, folder, error),
    );
    const metadata = await toTheEnd(plan, options, { node, folder, started });
    return { metadata, folder, isFound: false };
  } finally {
    await node.close();
  }
}

/** Follows a run that was started, and brings it home; or leaves it to itself where we are told to. */
async function toTheEnd(
  plan: RunPlan,
  options: RunOptions,
  { node, folder, started }: { node: OpenNode; folder: string; started: NotebookMetadata },
): Promise<NotebookMetadata> {
  const { root, print, signal } = options;
  const leave = () => {
    for (const line of detachedLines(started)) print(line);
    return started;
  };
  if (options.isDetached) return leave();
  let metadata: NotebookMetadata;
  try {
    await followRun(node, plan.at, options);
    metadata = await finishRun(node, plan.at, folder, started);
  } catch (error) {
    if (signal?.aborted) return leave();
    throw outOfReach(started, error);
  }
  if (metadata.status !== "finished") throw new RunFailed(metadata, folder, root);
  for (const line of endLines(metadata, relative(root, folder))) print(line);
  return metadata;
}

/** Nothing is lost with a node that we cannot reach, or an archive that was damaged: the error says how to come back. */
function outOfReach({ run, nodes }: NotebookMetadata, error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  const way = `run ${run} goes on on ${nodes[0]?.name}, and what it leaves is kept there: scripts/runs fetch ${run}`;
  return new Error(`${text}\n${way}`, { cause: error });
}

/** The run's folder says why nothing ran. */
async function notStarted({ metadata }: RunPlan, folder: string, error: unknown): Promise<never> {
  const reason = error instanceof Error ? error.message : String(error);
  await keepMetadata(folder, {
    ...metadata,
    ...ended(metadata, { status: "failed", exit: { code: null, reason } }),
  });
  throw error;
}
