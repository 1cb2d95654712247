import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { readInside } from "../../../provider/folders/insideFile.ts";
import { type ContextFile, filesSha256 } from "./contextFile.ts";
import { localFiles } from "./localFiles.ts";
import { type Reference, requirementLines } from "./requirementLines.ts";

/** The packages of a run. */
export interface Requirements {
  /** The project's own `requirements.txt` and what it names, in `project/`; what runs a notebook, in `packages/`. */
  files: ContextFile[];
  /** Of all of them. */
  sha256: string;
  /** Of what the executor's own environment is made of. */
  executorSha256: string;
}

/** Where a run's context has them. */
export const requirementPlaces = {
  executor: "packages/executor.txt",
  kernel: "packages/kernel.txt",
  projectFolder: "project",
  project: "requirements.txt",
} as const;

const runnerFolder = join(import.meta.dirname, "..");
/** What a notebook's kernel has to be, whatever else the project wants. */
export const kernelRequirement = readFileSync(join(runnerFolder, "kernel.txt"), "utf8")
  .trimEnd()
  .split("\n")
  .at(-1);

/**
 * The packages that a run is given: the project's where it has a `requirements.txt`, with all that this names in the project's folder.
 *
 * @throws Error with file and line for what pip could not install elsewhere
 */
export function requirementsOf(root: string): Requirements {
  const { executor, kernel, project, projectFolder } = requirementPlaces;
  const own = (name: string, path: string) => ({ path, content: readFileSync(join(runnerFolder, name)) });
  const executorFile = own("executor.txt", executor);
  const named = new Map<string, ContextFile>();
  if (existsSync(join(root, project))) collect(root, project, named);
  else named.set(project, { path: project, content: Buffer.alloc(0) });
  const files = [
    executorFile,
    own("kernel.txt", kernel),
    ...[...named.values()].map((file) => ({ ...file, path: `${projectFolder}/${file.path}` })),
  ];
  return { files, sha256: filesSha256(files), executorSha256: filesSha256([executorFile]) };
}

function collect(root: string, file: string, named: Map<string, ContextFile>): void {
  const lines = requirementLines(readInside(root, file), file);
  const content = Buffer.from(lines.map(({ text }) => `${text}\n`).join(""));
  named.set(file, { path: file, content });
  for (const { number, text, reference } of lines) {
    if (reference === undefined) continue;
    const path = projectPath(root, `${file}:${number}`, text, reference, file);
    if (reference.kind === "local") for (const one of localFiles(root, path)) addNew(named, one);
    else if (!named.has(path)) collect(root, path, named);
  }
}

/** What was read as requirements stays as it is installed. */
function addNew(named: Map<string, ContextFile>, file: ContextFile): void {
  if (!named.has(file.path)) named.set(file.path, file);
}

/** A file of requirements is looked for beside that which names it, all else from the project's folder, as pip does. */
function projectPath(
  root: string,
  where: string,
  text: string,
  { kind, path }: Reference,
  file: string,
): string {
  const from = kind === "local" ? "." : posix.dirname(file);
  const found = posix.normalize(posix.join(from, path)).replace(/\/$/, "");
  const refuse = (what: string, remedy: string) =>
    new Error(`${where}: expected a file or folder of the project, got ${text}, which is ${what}; ${remedy}`);
  if (posix.isAbsolute(path) || found.startsWith(".."))
    throw refuse("outside of it", "copy it into the project, and name it from there");
  const stat = statSync(join(root, found), { throwIfNoEntry: false });
  if (stat === undefined) throw refuse("not there", "correct its path, or remove the line");
  if (kind !== "local" && !stat.isFile()) throw refuse("a folder", "name the file in it");
  return found;
}
