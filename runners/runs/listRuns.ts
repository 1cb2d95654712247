import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { readJson } from "./jsonFile.ts";
import { isRunMetadata, type RunMetadata } from "./runMetadata.ts";

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
