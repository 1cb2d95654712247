import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder, writeJson } from "./jsonFile.ts";
import { thisLauncher } from "./launcher.ts";
import { readRun } from "./listRuns.ts";
import type { RunMetadata } from "./runMetadata.ts";
import { expectRunName } from "./runName.ts";
import { TakenName } from "./takenName.ts";

const draftPrefix = ".draft-";

/**
 * Makes `results/RUN` with its metadata, at once and whole: of many that want one name one gets it, and there is never such a
 * folder without its metadata. The metadata names this process as the run's launcher; what is kept later may leave it out.
 *
 * @param results the project's folder of runs, made if need be
 * @returns the run's folder
 * @throws TakenName when the name is another run's, or anything else's; that is left as it is
 */
export async function claimRun(results: string, metadata: RunMetadata): Promise<string> {
  const folder = join(results, expectRunName(metadata.run));
  await mkdir(results, { recursive: true });
  await removeOldDrafts(results);
  const draft = await mkdtemp(join(results, draftPrefix));
  try {
    await keepMetadata(draft, { ...metadata, launcher: await thisLauncher() });
    await rename(draft, folder); // refused where a folder with anything in it is
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw isTaken(error) ? new TakenName(metadata, await readRun(folder)) : error;
  }
  await syncFolder(results);
  return folder;
}

/** A claim that was killed midway leaves one; it takes less than an hour. */
async function removeOldDrafts(results: string): Promise<void> {
  const drafts = (await readdir(results)).filter((name) => name.startsWith(draftPrefix));
  for (const draft of drafts.map((name) => join(results, name))) {
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 3600_000) await rm(draft, { recursive: true, force: true });
  }
}

/** Writes a run's metadata in place of what is there; killed at any point, one of both is there, whole. */
export async function keepMetadata(folder: string, metadata: RunMetadata): Promise<void> {
  await writeJson(join(folder, "metadata.json"), metadata);
}

function isTaken(error: unknown): boolean {
  const codes = ["ENOTEMPTY", "EEXIST", "ENOTDIR"];
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}
