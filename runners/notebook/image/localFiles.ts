import { statSync } from "node:fs";
import { join } from "node:path";
import { ignoreRules } from "../../../provider/folders/ignoreRules.ts";
import { readInside } from "../../../provider/folders/insideFile.ts";
import { sentPaths } from "../../../provider/folders/sentPaths.ts";
import { ignoreFiles, neverCode } from "./codeFiles.ts";
import type { ContextFile } from "./contextFile.ts";

/** Of a project that is a package itself, what no package is made of. */
const neverPackaged = ["/results/", "/notebooks/", "/data/", "/.minirack/", "node_modules/", "venv/"];
const rules = ignoreRules(ignoreFiles, [...neverCode, ...neverPackaged]);

/**
 * A package in the project's folder, with all that it may be built from: a folder without what is ignored there, or a file.
 *
 * @param path from the project's folder; `.` is that itself
 */
export function localFiles(root: string, path: string): ContextFile[] {
  const paths = statSync(join(root, path)).isFile() ? [path] : filesBelow(root, path);
  return paths.map((one) => ({
    path: one,
    content: readInside(root, one),
    isExecutable: (statSync(join(root, one)).mode & 0o100) !== 0,
  }));
}

function filesBelow(root: string, path: string): string[] {
  const sent = { top: root, called: root, isRevision: false, outer: rules.within(root, "") };
  return [...sentPaths(sent, path === "." ? "" : `${path}/`)].map((one) => one.path);
}
