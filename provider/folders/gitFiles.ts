import { lstatSync } from "node:fs";
import { join } from "node:path";
import { readInside } from "./insideFile.ts";
import type { SentPath } from "./sentPaths.ts";

/** Refuses a git revision that has files whose content is elsewhere: submodules, and what Git LFS keeps. */
export function expectContents(called: string, folder: string, sent: readonly SentPath[]): void {
  const submodules = sent.filter(({ kind }) => kind === "submodule").map(({ path }) => path.slice(0, -1));
  const pointers = sent.filter(({ path, kind }) => kind === "file" && isPointer(folder, path));
  refuse(called, "submodules", submodules, "git clone --recurse-submodules");
  refuse(
    called,
    "Git LFS",
    pointers.map(({ path }) => path),
    "git lfs pull",
  );
}

function refuse(called: string, keeper: string, paths: string[], command: string): void {
  if (paths.length === 0) return;
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
  throw new Error(
    `${called}: expected the content of ${keeper}, got none of ${paths.slice(0, 5).join(", ")}${more}; give the folder of a clone that has it (${command}) as folder, or ignore it`,
  );
}

/** A pointer is a small text, always with this beginning. */
function isPointer(folder: string, path: string): boolean {
  const beginning = "version https://git-lfs.github.com/spec/";
  if (lstatSync(join(folder, path)).size > 1024) return false;
  return readInside(folder, path).toString("latin1").startsWith(beginning);
}
