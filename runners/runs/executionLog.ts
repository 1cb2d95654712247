import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import type { LogOptions } from "./remoteRuns.ts";

const lookEveryMs = 300;
const logOf = (folder: string) => join(folder, "execution.log");

/** Adds a line to the log in a run's folder. */
export function logLine(folder: string, line: string): void {
  appendFileSync(logOf(folder), `${line}\n`);
}

/** The log in a run's folder, or undefined where there is none. */
export async function readLog(folder: string): Promise<string | undefined> {
  return readFile(logOf(folder), "utf8").catch(() => undefined);
}

/**
 * Prints a run's log, and with `follow` what comes until the run has ended.
 * @param isRunning whether more may come
 */
export async function showLog(
  folder: string,
  { follow, print, signal }: LogOptions,
  isRunning: () => Promise<boolean>,
): Promise<void> {
  let shown = 0;
  for (;;) {
    const isLast = !follow || signal?.aborted || !(await isRunning()); // asked before the file is read: nothing is missed
    const text = (await readLog(folder)) ?? "";
    const end = isLast ? text.length : text.lastIndexOf("\n") + 1;
    for (const line of linesOf(text.slice(shown, end))) print(line);
    shown = end;
    if (isLast) return;
    await later(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}

/** Lines of a text whose last one may lack its newline. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
