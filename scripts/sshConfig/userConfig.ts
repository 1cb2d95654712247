import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Path of the user's own configuration of ssh. */
export function userConfig(home: string): string {
  return join(home, ".ssh", "config");
}

/**
 * Changes the user's configuration of ssh, whole or not at all. Mode, owner and a symbolic link stay; a file that is not
 * there is made, and one that a change leaves empty goes.
 * @throws Error when it cannot be written
 */
export async function changeUserConfig(home: string, change: (text: string) => string): Promise<void> {
  const path = userConfig(home);
  const isThere = existsSync(path);
  const before = isThere ? await readFile(path, "utf8") : "";
  const after = change(before);
  if (after === before) return;
  try {
    if (after === "") await rm(await realpath(path));
    else await (isThere ? replace(await realpath(path), after) : make(path, after));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: expected to change it, got ${found}; let the user write it, or do without`);
  }
}

async function replace(path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  const beside = join(dirname(path), ".config.minirack");
  await writeFile(beside, text, { mode: 0o600 });
  const { uid: own, gid: ownGroup } = await stat(beside);
  if (uid !== own || gid !== ownGroup) await chown(beside, uid, gid);
  await chmod(beside, mode);
  await rename(beside, path);
}

async function make(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
}
