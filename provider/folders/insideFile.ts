import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Where a path leads, relative to the folder; undefined where that is outside of the folder or nowhere. */
export function pathInside(folder: string, path: string): string | undefined {
  try {
    const inside = relative(realpathSync.native(folder), realpathSync.native(join(folder, path)));
    return inside === ".." || inside.startsWith(`..${sep}`) ? undefined : inside;
  } catch {
    return undefined;
  }
}

/**
 * Opens a file of a folder for reading. What a link makes of the path between a check and the opening is noticed: the
 * file that is open must be the one that lies inside.
 * @throws Error where the path leads out of the folder, or to what is no file
 */
export function openInside(folder: string, path: string): number {
  const inside = pathInside(folder, path);
  if (inside === undefined) throw leadsOut(folder, path);
  const file = join(realpathSync.native(folder), inside);
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const [opened, named] = [fstatSync(descriptor), lstatSync(file)];
    const isNamed = opened.ino === named.ino && opened.dev === named.dev;
    if (!isNamed || pathInside(folder, path) !== inside) throw leadsOut(folder, path);
    if (!opened.isFile()) throw notAFile(folder, path);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** The content of a file of a folder. */
export function readInside(folder: string, path: string): Buffer {
  const descriptor = openInside(folder, path);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Refuses a link that leads out of a folder. @param of what the folder is called */
export function leadsOut(of: string, path: string): Error {
  return new Error(
    `${of}: expected links that stay in it, got ${path}, which leads out of it; put the file itself there or ignore it`,
  );
}

/** Refuses what cannot be sent. */
export function notAFile(of: string, path: string): Error {
  return new Error(`${of}: expected files and folders, got ${path}, which is neither; ignore it`);
}
