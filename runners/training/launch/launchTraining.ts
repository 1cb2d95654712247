import { relative } from "node:path";
import { openNode } from "../../../provider/transport/openNode.ts";
import { ended } from "../../runs/ended.ts";
import { logLine } from "../../runs/executionLog.ts";
import { gitCommit } from "../../runs/gitCommit.ts";
import { RunFailed } from "../../runs/runFailed.ts";
import type { LaunchOptions, LaunchWorld } from "./launchOptions.ts";
import { type LaunchPlan, planLaunch } from "./planLaunch.ts";
import { readTraining } from "./readTraining.ts";
import { claimFolder, type FoundRun, findFinished, keepRecord } from "./results.ts";
import { runEnd } from "./runEnd.ts";
import { foundLines } from "./runLines.ts";
import { RunLog } from "./runLog.ts";
import { runRanks } from "./runRanks.ts";
import type { Metadata } from "./runRecord.ts";
import { startedMetadata, toldMetadata } from "./startedMetadata.ts";

/** A finished run. */
export interface RunResult extends FoundRun {
  /** It had finished before; nothing was run now. */
  isFound: boolean;
}

const realWorld: LaunchWorld = { readTraining, openNode };

/**
 * Trains a domain across the stack's nodes and keeps the result, or finds the run that did the same before.
 *
 * @throws RunFailed when a run started and did not finish; its record is kept
 * @throws Error when nothing could start: no stack, unknown domain, other code on the nodes
 */
export async function launchTraining(options: LaunchOptions, world = realWorld): Promise<RunResult> {
  const plan = planLaunch(options, await world.readTraining(options.root, options.stack));
  const found = options.force ? undefined : await findFinished(plan.results, plan.key);
  if (found) {
    for (const line of foundLines(found)) options.print(line);
    return { ...found, isFound: true };
  }
  const { root, print } = options;
  const started = startedMetadata(plan, options, await gitCommit(root));
  const { folder, metadata } = await claimFolder(plan.results, started);
  const record = await runOnce(plan, options, world, { folder, metadata });
  if (record.metadata.status !== "finished") throw new RunFailed(record.metadata, folder, root);
  print(`results in ${relative(root, folder)}`);
  return { ...record, isFound: false };
}

async function runOnce(
  plan: LaunchPlan,
  { print, signal }: LaunchOptions,
  world: LaunchWorld,
  { folder, metadata }: { folder: string; metadata: Metadata },
): Promise<FoundRun> {
  const log = new RunLog((line) => {
    logLine(folder, line);
    print(line);
  });
  const thrown: unknown = await runRanks(plan, log, world.openNode, signal).catch((error: unknown) => error);
  const end = runEnd(log, plan.training.nodes, signal?.aborted ?? false, thrown);
  const record = {
    metadata: {
      ...metadata,
      ...(log.start && toldMetadata(metadata, log.start)),
      ...ended(metadata, end),
      lastLines: end.status === "finished" ? undefined : log.lastLines,
    },
    metrics: log.metrics,
  };
  await keepRecord(folder, record);
  return { ...record, folder };
}
