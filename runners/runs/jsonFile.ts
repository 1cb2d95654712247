import { randomUUID } from "node:crypto";
import { constants, type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseExact, stringifyExact } from "./exactNumbers.ts";

/** Writes a value so that the file is always whole, old or new, whatever ends us: beside, synced, renamed. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}-${randomUUID()}`);
  try {
    await writeSynced(beside, `${stringifyExact(value, 2)}\n`);
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
    return withExactParameters((await readText(path)) ?? "");
  } catch {
    return undefined;
  }
}

/** What a person gave to a run is theirs to the last digit; all other numbers are ours. */
function withExactParameters(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("parameters" in value)) return value;
  const exact = parseExact(text);
  return typeof exact === "object" && exact !== null && "parameters" in exact
    ? { ...value, parameters: exact.parameters }
    : value;
}

const mostBytes = 16 * 2 ** 20;

/** A file's text; undefined where there is none, or one that is too long for what minirack writes. */
export async function readText(path: string): Promise<string | undefined> {
  const file = await openPlain(path);
  try {
    return file && (await file.stat()).size <= mostBytes ? await file.readFile("utf8") : undefined;
  } finally {
    await file?.close();
  }
}

/** Opens a file to read; undefined where there is none, or something else by its name: a pipe is not waited for. */
export async function openPlain(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined || (await file.stat()).isFile()) return file;
  await file.close();
  return undefined;
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
