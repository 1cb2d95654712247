import { run } from "../../../provider/shell/command.ts";
import type { RunShell } from "./runShell.ts";

/** sh that ends a run, and notes that this was asked for: a node that is switched off ends it too. */
export function stopScript(folder: string, shell: RunShell): string {
  return `: > ${run(`${folder}/stopped`)}\n${shell.stop()}`;
}

/** sh that takes a run away from its node; for when its results are safe. */
export function removeScript(folder: string, shell: RunShell): string {
  return `${shell.remove()}${run("rm", "-rf", folder)}\n`;
}

/** How often a run's results are brought anew where the connection is lost meanwhile. */
export const fetchAttempts = 3;
