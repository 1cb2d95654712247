import { run } from "../../../provider/shell/command.ts";
import { folderOnNode } from "./runId.ts";
import type { RunShell } from "./runShell.ts";

/** sh that ends a run, and notes that this was asked for: a node that is switched off ends it too. */
export function stopScript(folder: string, shell: RunShell): string {
  return `: > ${run(`${folder}/stopped`)}\n${shell.stop()}`;
}

/**
 * sh that takes a run away from its node; for when its results are safe. Nothing but a folder directly below that of all runs is removed.
 *
 * @throws Error for an id that could lead elsewhere
 */
export function removeScript(runsFolder: string, id: string, shell: RunShell): string {
  const folder = run(folderOnNode(runsFolder, id));
  const open = `[ "$(id -u)" = 0 ] || [ ! -e ${folder} ] || chmod -R u+rwX ${folder}`; // what it has closed to itself
  return `${shell.remove()}${open}\nrm -rf ${folder}\n`;
}

/** How often a run's results are brought anew where the connection is lost meanwhile. */
export const fetchAttempts = 3;
