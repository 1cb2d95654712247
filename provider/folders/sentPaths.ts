import { type Dirent, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IgnoreRules } from "./ignoreRules.ts";
import { leadsOut, notAFile, pathInside } from "./insideFile.ts";
import { expectPlainName } from "./manifest.ts";

/** What of a folder is sent. */
export interface SentPath {
  /** Relative to the top. */
  path: string;
  /** A link is sent as one out of a git revision alone, where a folder without files is a submodule. */
  kind: "file" | "link" | "submodule";
}

/** A folder whose files are sent. */
export interface SentFolder {
  /** Absolute. */
  top: string;
  /** What errors call it. */
  called: string;
  /** Whether it is a git revision: then a link is sent as it is; otherwise a link to a file is sent as that file. */
  isRevision: boolean;
  /** The rules of the folders above it. */
  outer: IgnoreRules;
}

/**
 * The files of a folder that are sent.
 * @param prefix the folder, relative to `top` with a `/` at the end; empty for `top` itself
 * @throws Error for what is neither a file nor a folder, leads out of `top`, or has a name that cannot be sent
 */
export function* sentPaths(sent: SentFolder, prefix: string, outer = sent.outer): Generator<SentPath> {
  const { top, called, isRevision } = sent;
  if (pathInside(top, prefix) === undefined) throw leadsOut(called, prefix);
  const rules = outer.within(top, prefix);
  const entries = readdirSync(join(top, prefix), { withFileTypes: true });
  if (entries.length === 0 && isRevision && prefix !== "") yield { path: prefix, kind: "submodule" };
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    if (rules.ignores(entry.isDirectory() ? `${path}/` : path)) continue;
    expectPlainName(path, called);
    if (entry.isDirectory()) yield* sentPaths(sent, `${path}/`, rules);
    else
      yield { path, kind: isRevision && entry.isSymbolicLink() ? "link" : fileOrRefused(sent, path, entry) };
  }
}

/** A link to a file is sent as that file. One to a folder is not followed, as it might lead round in circles. */
function fileOrRefused(sent: SentFolder, path: string, entry: Dirent): "file" {
  const { top, called } = sent;
  if (!statSync(join(top, path), { throwIfNoEntry: false })?.isFile()) throw notAFile(called, path);
  if (entry.isSymbolicLink()) expectSentTarget(sent, path);
  return "file";
}

/** What is ignored is not sent under another name either; git-annex keeps contents where its links lead. */
function expectSentTarget({ top, called, outer }: SentFolder, path: string): void {
  const target = pathInside(top, path);
  if (target === undefined) throw leadsOut(called, path);
  if (target.startsWith(".git/annex/objects/")) return;
  const rules = foldersOf(target).reduce((found, folder) => found.within(top, folder), outer);
  if (!rules.ignores(target)) return;
  throw new Error(
    `${called}: expected links to what is sent, got ${path}, which leads to ${target}; put the file itself there or ignore it`,
  );
}

/** The folders above a path, from the top on, each with a `/` at the end. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [""] : [...foldersOf(folder), `${folder}/`];
}
