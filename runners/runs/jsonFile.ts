import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes a value so that the file is always whole, old or new, whatever ends us: beside, synced, renamed. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}-${randomUUID()}`);
  try {
    await writeSynced(beside, `${JSON.stringify(value, null, 2)}\n`);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** What a file says; undefined where there is none, or none that is JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Brings a folder's names onto the disk: a rename counts from then on. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
