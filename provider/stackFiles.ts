import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A file about one stack that outlives its state, in the project's folder: commands and the provider run there. It is this
 * clone's alone, as all of `.minirack/`.
 * @param stack `project/stack`, or the stack's name alone
 */
export function stackFile(kind: "known_hosts" | "identity", stack: string): string {
  return join(process.cwd(), ".minirack", kind, stack.split("/").at(-1) ?? "");
}

/** The file's text; undefined where there is none. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes the file whole or not at all, for its user alone. */
export function putText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text, { mode: 0o600 });
  renameSync(beside, file);
}
