import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const logOf = (folder: string) => join(folder, "execution.log");

/** Keeps all that a run has said in its folder. */
export async function keepLog(folder: string, lines: string[]): Promise<void> {
  await writeFile(logOf(folder), lines.map((line) => `${line}\n`).join(""));
}

/** The log in a run's folder, or undefined where there is none. */
export async function readLog(folder: string): Promise<string | undefined> {
  return readFile(logOf(folder), "utf8").catch(() => undefined);
}

/** Lines of a text whose last one may lack its newline. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
