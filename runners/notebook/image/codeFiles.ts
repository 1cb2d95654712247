import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { ignoreRules } from "../../../provider/folders/ignoreRules.ts";
import { readInside } from "../../../provider/folders/insideFile.ts";
import { sentPaths } from "../../../provider/folders/sentPaths.ts";
import { type ContextFile, filesSha256 } from "./contextFile.ts";
import { strippedNotebook } from "./strippedNotebook.ts";

/** The code of a run, as it lies in the working folder there. */
export interface Code {
  files: ContextFile[];
  /** Over names and contents. */
  sha256: string;
}

export const ignoreFiles = [".gitignore", ".minirackignore"];
export const neverCode = [
  ...["__pycache__/", "*.pyc", ".ipynb_checkpoints/", ".mypy_cache/", ".ruff_cache/", ".venv/"],
];
const rules = ignoreRules(ignoreFiles, neverCode);

/**
 * What goes with a notebook or a script: itself, what is in `src/` and not ignored there or by the project, and what DVC tracks
 * beside it, in `data/` and at the top (`*.dvc`). Of a notebook its outputs stay here: run anew it would be other code.
 *
 * @param file from the project's folder
 */
export function codeOf(root: string, file: string): Code {
  const content = readInside(root, file);
  const own = { path: file, content: file.endsWith(".ipynb") ? strippedNotebook(content, file) : content };
  const others = [...sourcesIn(root), ...trackedIn(root, ["", "data", dirname(file)])];
  const files = [own, ...others.filter(({ path }) => path !== file)];
  return { files, sha256: filesSha256(files) };
}

/** What the project itself keeps out of git stays here too: a file with passwords is named in its own .gitignore. */
function sourcesIn(root: string): ContextFile[] {
  if (!existsSync(join(root, "src"))) return [];
  const sent = { top: root, called: root, isRevision: false, outer: rules.within(root, "") };
  return [...sentPaths(sent, "src/")].map(({ path }) => ({
    path,
    content: readInside(root, path),
    isExecutable: (statSync(join(root, path)).mode & 0o100) !== 0,
  }));
}

function trackedIn(root: string, folders: string[]): ContextFile[] {
  const paths = [...new Set(folders)].flatMap((folder) => {
    const at = join(root, folder);
    if (!statSync(at, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(at)
      .filter((name) => name.endsWith(".dvc"))
      .map((name) => posix.join(folder, name))
      .filter((path) => statSync(join(root, path)).isFile());
  });
  return [...new Set(paths)].map((path) => ({ path, content: readInside(root, path) }));
}
