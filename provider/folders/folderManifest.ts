import { existsSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { folderCache, writeWhole } from "./cacheFolder.ts";
import { Checksums } from "./checksums.ts";
import { expectContents } from "./gitFiles.ts";
import { ignoreRules } from "./ignoreRules.ts";
import {
  expectPlainName,
  linkMode,
  type ManifestFile,
  manifestDigest,
  manifestText,
  parseManifest,
} from "./manifest.ts";
import { sentPaths } from "./sentPaths.ts";

/** What of a folder is sent, and how it lies on a node. */
export interface FolderRules {
  /** Files in which rules for ignoring are looked for: `.gitignore`. */
  ignoreFiles: readonly string[];
  /** Rules besides. */
  ignore: readonly string[];
  /** Whether it is a git revision: links are sent as links then. */
  isRevision?: boolean;
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
 * @param called what errors call it
 * @throws Error where there is none, it is empty, or holds what cannot be sent
 */
export function folderManifest(folder: string, rules: FolderRules, called = folder): FolderContent {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder}: expected a folder to send, got none; make it or correct the path`);
  const checksums = new Checksums(folder);
  const { isRevision = false } = rules;
  const outer = ignoreRules(rules.ignoreFiles, rules.ignore);
  const sent = [...sentPaths({ top: folder, called, isRevision, outer }, "")];
  if (isRevision) expectContents(called, folder, sent);
  const files = sent.map(({ path, kind }): ManifestFile => {
    if (kind === "link") return linkEntry(folder, path, called);
    const { stat, sha256 } = checksums.of(path);
    return { path, mode: rules.mode((stat.mode & 0o100n) !== 0n), sizeBytes: Number(stat.size), sha256 };
  });
  if (files.length === 0) throw new Error(`${called}: expected files to send, got none; put some there`);
  checksums.keep();
  return { digest: keepManifest(manifestText(files)), files };
}

function linkEntry(folder: string, path: string, called: string): ManifestFile {
  const target = readlinkSync(join(folder, path));
  expectPlainName(target, called);
  return { path, mode: linkMode, sizeBytes: 0, sha256: target };
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
