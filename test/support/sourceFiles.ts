import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import ts from "typescript";

const root = new URL("../../", import.meta.url).pathname;
const rooms = ["config", "stacks", "components", "provider", "runners", "scripts", "lab", "offline", "bench"];

/** A TypeScript source of the project. */
export interface SourceFile {
  /** From the project's folder, with `/`. */
  path: string;
  lines: number;
  /** What it imports: files of the project by path, packages by name. */
  imports: string[];
}

/** Every TypeScript source; tests are none. */
export function sourceFiles(): SourceFile[] {
  const paths = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
      .map((name) => relative(root, join(root, room, name)).replaceAll("\\", "/")),
  );
  return ["index.ts", ...paths].map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const { importedFiles } = ts.preProcessFile(text, true, false);
  const imports = importedFiles.map(({ fileName }) =>
    fileName.startsWith(".") ? posix.join(posix.dirname(path), fileName) : fileName,
  );
  return { path, lines: text.trimEnd().split("\n").length, imports };
}
