import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { metadataProblem } from "./expectMetadata.ts";
import { readJson } from "./jsonFile.ts";
import { isRunMetadata, type RunMetadata, runMetadataSchema } from "./runMetadata.ts";

/** A run as its folder holds it. */
export interface Run {
  /** Its folder's name, by which people call it. */
  name: string;
  /** Absolute path of `results/RUN`. */
  folder: string;
  /** With the keys of its runner, if it adds any. */
  metadata: RunMetadata;
}

/** All runs, newest first. What holds no metadata of a run is passed over. */
export async function listRuns(results: string): Promise<Run[]> {
  const names = await readdir(results).catch(() => []);
  const runs = await Promise.all(
    names.filter((name) => !name.startsWith(".")).map((name) => readRun(join(results, name))),
  );
  return runs
    .filter((run) => run !== undefined)
    .sort((a, b) => Date.parse(b.metadata.startedAt) - Date.parse(a.metadata.startedAt));
}

/** The run in a folder, or undefined where there is none. */
export async function readRun(folder: string): Promise<Run | undefined> {
  const metadata = await readJson(join(folder, "metadata.json"));
  return isRunMetadata(metadata) ? { name: basename(folder), folder, metadata } : undefined;
}

/** A folder whose metadata.json is no run's. */
export interface BrokenRun {
  name: string;
  /** For people: what is expected where, and what is found. */
  problem: string;
}

/** Folders that say they are runs, and are none that minirack has written. */
export async function listBroken(results: string): Promise<BrokenRun[]> {
  const names = await readdir(results).catch(() => []);
  const found = await Promise.all(
    names.filter((name) => !name.startsWith(".")).map((name) => brokenRun(join(results, name))),
  );
  return found.filter((one) => one !== undefined);
}

/** What is wrong with a folder's metadata.json; undefined where nothing is, or there is none. */
export async function brokenRun(folder: string): Promise<BrokenRun | undefined> {
  const path = join(folder, "metadata.json");
  if ((await lstat(path).catch(() => undefined)) === undefined) return undefined;
  const problem = metadataProblem(runMetadataSchema, await readJson(path));
  return problem === undefined ? undefined : { name: basename(folder), problem };
}
