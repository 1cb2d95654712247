import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readInside } from "../../provider/folders/insideFile.ts";

/** A file of the training runner, as it is put on every node. */
export interface TrainingFile {
  /** Relative to the runner's directory on the node, with `/`. */
  path: string;
  content: string;
}

/** Two folders above this source, and above a bundle that it is in. */
const ownFolder = join(import.meta.dirname, "..", "..");
const runnerFolder = join(ownFolder, "runners", "training");

/**
 * What a node needs to train: the runner's package, our domains, and the user's own. One of the user's takes the place of
 * ours with its name.
 *
 * @param root the project's folder, which may have a folder `domains`
 */
export function trainingCode(root: string): TrainingFile[] {
  const files = [
    ...pythonFiles(runnerFolder, "minirack_training"),
    ...pythonFiles(ownFolder, "domains"),
    ...(existsSync(join(root, "domains")) ? pythonFiles(root, "domains") : []),
  ];
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/**
 * SHA-256 over the files' names and contents: what `sha256sum` prints for them, sorted by path, hashed again. The nodes
 * compute the same (minirack_training/code_hash.py), so a rank with other code refuses to train.
 */
export function trainingCodeHash(files: TrainingFile[]): string {
  const lines = files.map(({ path, content }) => ({ path, line: `${sha256(content)}  ${path}\n` }));
  lines.sort((a, b) => (a.path < b.path ? -1 : 1));
  return sha256(lines.map(({ line }) => line).join(""));
}

/** The exact packages that the training environment holds, as pip reads them. */
export function trainingRequirements(): string {
  return readFileSync(join(runnerFolder, "requirements.txt"), "utf8");
}

function pythonFiles(folder: string, name: string): TrainingFile[] {
  const found = readdirSync(join(folder, name)).filter((file) => file.endsWith(".py"));
  return found.sort().map((file) => ({
    path: `${name}/${file}`,
    content: readInside(folder, `${name}/${file}`).toString("utf8"),
  }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
