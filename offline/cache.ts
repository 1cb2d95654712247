import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { userCache } from "../scripts/userCache.ts";

/** Where built things stay, shared by all clones of one user. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return userCache("offline", env);
}

/** A short hash of what a build depends on: files by name and content, and any other text. */
export function inputsHash(files: string[], ...others: string[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) hash.update(`${basename(file)}\0`).update(readFileSync(file));
  for (const other of others) hash.update(`\0${other}`);
  return hash.digest("hex").slice(0, 16);
}

/**
 * The folder `target`, made by `build` if missing. It is built beside and renamed, so that it is whole whenever it is there;
 * of two builds at once the first to finish stays.
 */
export async function buildOnce(target: string, build: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const beside = mkdtempSync(`${target}.building-`);
  try {
    await build(beside);
    renameSync(beside, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return target;
}

/** Marks `used` as just used, and of the folders beside it whose names are alike removes all but the newest `count`. */
export function keepNewest(used: string, alike: RegExp, count: number): void {
  const now = new Date();
  utimesSync(used, now, now);
  const folders = readdirSync(dirname(used))
    .filter((name) => alike.test(name))
    .map((name) => join(dirname(used), name))
    .map((path) => ({ path, usedAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt);
  for (const { path } of folders.slice(count)) rmSync(path, { recursive: true, force: true });
}
