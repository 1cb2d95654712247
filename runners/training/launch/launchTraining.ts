import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import { openNode } from "../../../provider/transport/openNode.ts";
import { gitCommit } from "../../runs/gitCommit.ts";
import { notStarted } from "../../runs/onNode/notStarted.ts";
import { toTheEnd } from "../../runs/onNode/toTheEnd.ts";
import { RunFailed } from "../../runs/runFailed.ts";
import { finishTraining } from "./finishTraining.ts";
import { followTraining } from "./followTraining.ts";
import type { LaunchOptions, LaunchWorld } from "./launchOptions.ts";
import { type LaunchPlan, planLaunch } from "./planLaunch.ts";
import { readTraining } from "./readTraining.ts";
import { claimFolder, type FoundRun, findFinished, readRecord } from "./results.ts";
import { foundLines } from "./runLines.ts";
import { startedMetadata } from "./startedMetadata.ts";
import { startTraining } from "./startTraining.ts";
import { type TrainingRun, trainingRun } from "./trainingRun.ts";

/** A run that has finished, was found, or goes on by itself: then its status is `running`, and it has no numbers yet. */
export interface RunResult extends FoundRun {
  /** It had finished before; nothing was run now. */
  isFound: boolean;
}

const realWorld: LaunchWorld = { readTraining, openNode };

/**
 * Trains a domain across the stack's nodes and keeps the result, or finds the run that did the same before. A run that was started
 * goes on without us: a lost connection or an aborted signal ends only the following.
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
  const started = startedMetadata(plan, options, await gitCommit(options.root));
  const claimed = await claimFolder(plan.results, started);
  const { name, connection } = plan.first;
  const node = await world
    .openNode({ name, connection })
    .catch((error: unknown) => notStarted(claimed.metadata, claimed.folder, error));
  try {
    const id = `${claimed.metadata.run}-${randomBytes(4).toString("hex")}`;
    const metadata = { ...claimed.metadata, remote: { node: name, id } };
    return await runPlan(plan, options, trainingRun(node, id), { ...claimed, metadata });
  } finally {
    await node.close();
  }
}

async function runPlan(
  plan: LaunchPlan,
  { root, print, signal, isDetached }: LaunchOptions,
  run: TrainingRun,
  claimed: Omit<FoundRun, "metrics">,
): Promise<RunResult> {
  const { folder } = claimed;
  const start = async () => {
    signal?.throwIfAborted();
    return await startTraining(run, plan, claimed);
  };
  const started = await start().catch((error: unknown) => notStarted(claimed.metadata, folder, error));
  const { status } = await toTheEnd({
    metadata: started,
    follow: () => followTraining(run, { print, signal }),
    finish: async () => (await finishTraining(run, folder, started)).metadata,
    kept: async () => (await readRecord(folder)).metadata,
    ...{ print, signal, isDetached },
  });
  const record = await readRecord(folder);
  if (status === "failed" || status === "stopped") throw new RunFailed(record.metadata, folder, root);
  if (status === "finished") print(`results in ${relative(root, folder)}`);
  return { ...record, isFound: false };
}
