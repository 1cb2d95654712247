import { dirname } from "node:path";
import { ended } from "../ended.ts";
import { RunFailed } from "../runFailed.ts";
import { keepMetadata } from "../runFolder.ts";
import type { RunMetadata } from "../runMetadata.ts";

/**
 * Keeps in a run's folder why nothing ran, and throws that.
 * @throws RunFailed where it was stopped before it began
 */
export async function notStarted(metadata: RunMetadata, folder: string, error: unknown): Promise<never> {
  const isStopped = error instanceof Error && error.name === "AbortError";
  const told = error instanceof Error ? error.message : String(error);
  const reason = isStopped ? "stopped before it began" : told;
  const end = { status: isStopped ? "stopped" : "failed", exit: { code: null, reason } } as const;
  const kept = { ...metadata, ...ended(metadata, end) };
  await keepMetadata(folder, kept);
  throw isStopped ? new RunFailed(kept, folder, dirname(dirname(folder))) : error;
}
