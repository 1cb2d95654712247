import { createHash } from "node:crypto";
import { relative } from "node:path";
import { openNode } from "../../../provider/transport/openNode.ts";
import { gitCommit } from "./gitCommit.ts";
import type { LaunchOptions, LaunchWorld } from "./launchOptions.ts";
import { type LaunchPlan, planLaunch } from "./planLaunch.ts";
import { readTraining } from "./readTraining.ts";
import { findFinished, writeResults } from "./results.ts";
import { type RunEnd, runEnd } from "./runEnd.ts";
import { RunFailed } from "./runFailed.ts";
import { foundLines } from "./runLines.ts";
import { RunLog } from "./runLog.ts";
import { runRanks } from "./runRanks.ts";
import type { Metadata, RunRecord } from "./runRecord.ts";

/** A finished run. */
export interface RunResult extends RunRecord {
  /** Absolute path of `results/RUN`. */
  folder: string;
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
  const found = options.force ? undefined : await findFinished(plan.results, plan.run, plan.key);
  if (found) {
    for (const line of foundLines(found)) options.print(line);
    return { ...found, folder: `${plan.results}/${plan.run}`, isFound: true };
  }
  const record = await runOnce(plan, options, world);
  const folder = await writeResults(plan.results, record);
  if (record.metadata.status !== "finished") throw new RunFailed(record, folder, options.root);
  options.print(`results in ${relative(options.root, folder)}`);
  return { ...record, folder, isFound: false };
}

async function runOnce(plan: LaunchPlan, options: LaunchOptions, world: LaunchWorld): Promise<RunRecord> {
  const { root, print, signal } = options;
  const commit = await gitCommit(root);
  const startedAt = new Date();
  const log = new RunLog(print);
  const { nodes } = plan.training;
  const thrown: unknown = await runRanks(plan, log, world.openNode, signal).catch((error: unknown) => error);
  const end = runEnd(log, nodes, signal?.aborted ?? false, thrown);
  return {
    metadata: metadata(plan, options, end, { commit, startedAt, start: log.start }),
    metrics: log.metrics,
  };
}

function metadata(
  plan: LaunchPlan,
  { stack, domain, parameters }: LaunchOptions,
  end: RunEnd,
  told: Pick<Metadata, "commit" | "start" | "lastLines"> & { startedAt: Date },
): Metadata {
  const finishedAt = new Date();
  const asked = Object.entries(parameters).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return {
    run: plan.run,
    key: plan.key,
    ...end,
    startedAt: told.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    seconds: (finishedAt.getTime() - told.startedAt.getTime()) / 1000,
    stack,
    domain,
    asked: Object.fromEntries(asked),
    nodes: plan.training.nodes.map(({ name, linkAddress }) => ({ name, linkAddress })),
    commit: told.commit,
    codeHash: plan.training.codeHash,
    requirementsSha256: createHash("sha256").update(plan.requirements).digest("hex"),
    lastLines: told.lastLines,
    start: told.start,
  };
}
