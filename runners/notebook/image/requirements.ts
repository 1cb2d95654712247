import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ContextFile, filesSha256 } from "./contextFile.ts";

/** The packages of an image. */
export interface Requirements {
  /** What runs a notebook, and the project's own `requirements.txt`, as pip reads them. */
  files: ContextFile[];
  sha256: string;
}

const ownFile = "packages/runner.txt";
const projectFile = "packages/project.txt";

/** Where an image's context has them. */
export const requirementFiles = [ownFile, projectFile];

const runnerFolder = join(import.meta.dirname, "..");

/** The packages that a run is given: ours, and the project's where it has a `requirements.txt`. */
export function requirementsOf(root: string): Requirements {
  const own = join(root, "requirements.txt");
  const files: ContextFile[] = [
    { path: ownFile, content: readFileSync(join(runnerFolder, "requirements.txt")) },
    { path: projectFile, content: existsSync(own) ? readFileSync(own) : Buffer.alloc(0) },
  ];
  return { files, sha256: filesSha256(files) };
}
