import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { folderCache, writeWhole } from "./cacheFolder.ts";
import { Checksums } from "./checksums.ts";
import { ignoreRules } from "./ignoreRules.ts";
import { type ManifestFile, manifestDigest, manifestText, parseManifest } from "./manifest.ts";
import { sentPaths } from "./sentPaths.ts";

/** What of a folder is sent, and how it lies on a node. */
export interface FolderRules {
  /** Files in which rules for ignoring are looked for: `.gitignore`. */
  ignoreFiles: readonly string[];
  /** Rules besides. */
  ignore: readonly string[];
  /** Permissions on a node of a file that is executable here, or is not. */
  mode(isExecutable: boolean): string;
}

/** A folder's content at the time of a look. */
export interface FolderContent {
  digest: string;
  files: ManifestFile[];
}

/**
 * Looks at a folder of the controller, and keeps its manifest under its digest for whoever sends it.
 * @param folder absolute
 * @throws Error where there is none, it is empty, or holds what cannot be sent
 */
export function folderManifest(folder: string, rules: FolderRules): FolderContent {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder}: expected a folder to send, got none; make it or correct the path`);
  const checksums = new Checksums(folder);
  const ignoring = ignoreRules(rules.ignoreFiles, rules.ignore);
  const files = [...sentPaths(folder, "", ignoring)].map((path): ManifestFile => {
    const file = join(folder, path);
    const stat = statSync(file, { bigint: true });
    const mode = rules.mode((stat.mode & 0o100n) !== 0n);
    return { path, mode, sizeBytes: Number(stat.size), sha256: checksums.of(path, file, stat) };
  });
  if (files.length === 0) throw new Error(`${folder}: expected files to send, got none; put some there`);
  checksums.keep();
  return { digest: keepManifest(manifestText(files)), files };
}

function keptPath(digest: string): string {
  return join(folderCache(), "manifests", digest);
}

function keepManifest(text: string): string {
  const digest = manifestDigest(text);
  if (!existsSync(keptPath(digest))) writeWhole(keptPath(digest), text);
  return digest;
}

/** The manifest that a look kept under this digest. */
export function keptManifest(digest: string): { text: string; files: ManifestFile[] } {
  try {
    const text = readFileSync(keptPath(digest), "utf8");
    return { text, files: parseManifest(text) };
  } catch {
    throw new Error(
      `expected the manifest ${keptPath(digest)}, which the program writes, got none; run the command again`,
    );
  }
}
