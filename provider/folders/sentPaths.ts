import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { IgnoreRules } from "./ignoreRules.ts";
import { expectPlainName } from "./manifest.ts";

/**
 * The files of a folder that are sent, relative to `top`.
 * @param top absolute
 * @param prefix the folder, relative to `top` with a `/` at the end; empty for `top` itself
 * @param outer the rules of the folders above it
 * @throws Error for what is neither a file nor a folder, or has a name that cannot be sent
 */
export function* sentPaths(top: string, prefix: string, outer: IgnoreRules): Generator<string> {
  const rules = outer.within(top, prefix);
  for (const entry of readdirSync(join(top, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (rules.ignores(entry.isDirectory() ? `${path}/` : path)) continue;
    expectPlainName(path, top);
    if (entry.isDirectory()) yield* sentPaths(top, `${path}/`, rules);
    else if (isFile(join(top, path))) yield path;
    else throw new Error(`${top}: expected files and folders, got ${path}, which is neither; ignore it`);
  }
}

/** A link to a file is sent as that file. One to a folder is not followed, as it might lead round in circles. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
