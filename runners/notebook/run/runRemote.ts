import { join, relative } from "node:path";
import { type OpenNode, openNode } from "../../../provider/transport/openNode.ts";
import { findFinishedRun } from "../../runs/findRun.ts";
import { readJson } from "../../runs/jsonFile.ts";
import { missingLines } from "../../runs/missingLines.ts";
import { removeScript } from "../../runs/onNode/endScripts.ts";
import { notStarted } from "../../runs/onNode/notStarted.ts";
import { toTheEnd } from "../../runs/onNode/toTheEnd.ts";
import { RunFailed } from "../../runs/runFailed.ts";
import { claimRun } from "../../runs/runFolder.ts";
import { readNotebook } from "../readNotebook.ts";
import { chooseNode } from "./chooseNode.ts";
import { finishRun } from "./finishRun.ts";
import { followNotebook } from "./followNotebook.ts";
import { type NotebookMetadata, notebookMetadataSchema } from "./notebookMetadata.ts";
import { planRun, type RunPlan } from "./planRun.ts";
import { resolveFile } from "./resolveFile.ts";
import { endLines, foundLine, startLine } from "./runLines.ts";
import type { RunOptions } from "./runOptions.ts";
import { runShell } from "./runShell.ts";
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
  const { root, stack, kind } = options;
  const file = resolveFile(root, kind, options.file);
  const outputs = await world.readNotebook(root, stack);
  const spec = chooseNode(outputs, options.node);
  const node = await openNode({ name: spec.name, connection: spec.connection });
  try {
    const plan = await planRun({ options, file, node: spec, outputs }, node);
    const found = options.force ? undefined : await findFinishedRun(plan.results, plan.metadata.key);
    if (found === undefined) return await runPlan(plan, options, node);
    const metadata = notebookMetadataSchema.parse(found.metadata);
    options.print(foundLine(found.name, metadata));
    return { metadata, folder: found.folder, isFound: true };
  } finally {
    await node.close();
  }
}

async function runPlan(plan: RunPlan, options: RunOptions, node: OpenNode): Promise<RemoteResult> {
  const { root, print, signal, isDetached } = options;
  const folder = await claimRun(plan.results, plan.metadata);
  print(startLine(plan));
  const started = await startRun(plan, options, node, folder).catch(async (error: unknown) => {
    const shell = runShell(plan.at);
    await node.run({ script: removeScript(plan.at.runsFolder, plan.at.id, shell) }).catch(() => {}); // what kept it from starting is the error
    return await notStarted(plan.metadata, folder, error);
  });
  const metadata = await toTheEnd({
    metadata: started,
    follow: () => followNotebook(node, plan.at, { print, signal }),
    finish: () => finishRun(node, plan.at, folder, started, { mostBytes: options.mostResultBytes }),
    kept: async () => notebookMetadataSchema.parse(await readJson(join(folder, "metadata.json"))),
    ...{ print, signal, isDetached },
  });
  for (const line of missingLines(metadata)) print(line);
  if (metadata.status === "failed" || metadata.status === "stopped")
    throw new RunFailed(metadata, folder, root);
  if (metadata.status === "finished")
    for (const line of endLines(metadata, relative(root, folder))) print(line);
  return { metadata, folder, isFound: false };
}
