import { join } from "node:path";
import { findFinishedRun } from "../../runs/findRun.ts";
import { readJson, writeJson } from "../../runs/jsonFile.ts";
import { claimRun, keepMetadata } from "../../runs/runFolder.ts";
import { withTimestamp } from "../../runs/runName.ts";
import { TakenName } from "../../runs/takenName.ts";
import { type Metadata, metadataSchema, metricsSchema, type RunRecord } from "./runRecord.ts";

/** A run and where it is. */
export interface FoundRun extends RunRecord {
  /** Absolute path of `results/RUN`. */
  folder: string;
}

/** The newest finished run of this key, or undefined where there is none that is whole. */
export async function findFinished(results: string, key: string): Promise<FoundRun | undefined> {
  const run = await findFinishedRun(results, key);
  if (run === undefined) return undefined;
  return await readRecord(run.folder).catch(() => undefined);
}

/** A run's record, with its numbers where it finished. @throws Error where it is not whole */
export async function readRecord(folder: string): Promise<FoundRun> {
  const metadata = metadataSchema.parse(await readJson(join(folder, "metadata.json")));
  const hasNumbers = metadata.status === "finished";
  const metrics = hasNumbers
    ? metricsSchema.parse(await readJson(join(folder, "metrics.json")))
    : { epochs: [] };
  return { metadata, metrics, folder };
}

/**
 * Claims the run's name, or where an earlier run has it (one that failed, or is to be repeated) its name with the time.
 * @returns the folder, and the metadata with the name that it got
 */
export async function claimFolder(
  results: string,
  metadata: Metadata,
): Promise<{ folder: string; metadata: Metadata }> {
  try {
    return { folder: await claimRun(results, metadata), metadata };
  } catch (error) {
    if (!(error instanceof TakenName)) throw error;
    const named = { ...metadata, run: withTimestamp(metadata.run, new Date(metadata.startedAt)) };
    return { folder: await claimRun(results, named), metadata: named };
  }
}

/** Keeps a run's end: the numbers first, so that a run that says it is finished has them. */
export async function keepRecord(folder: string, { metadata, metrics }: RunRecord): Promise<void> {
  await writeJson(join(folder, "metrics.json"), metrics);
  await keepMetadata(folder, metadata);
}
