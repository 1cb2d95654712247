import { run } from "../../../provider/shell/command.ts";
import { containerShell } from "./containerShell.ts";
import type { NodeRun } from "./nodeRun.ts";
import { processShell } from "./processShell.ts";

/** What is typed on a node about a run there, as sh. A run is a container, or in native mode a process. */
export interface RunShell {
  /** Prints its lines as they come and ends with it; `since` is where an earlier connection was lost. */
  follow(since: string | undefined): string;
  /** Prints what it has said so far; the last lines alone where their number is given. */
  logs(lastLines?: number): string;
  /** Asks it to end: what there is is saved; it is killed when that takes longer than 20 s. */
  stop(): string;
  /** Prints a line of JSON: what `docker inspect` calls its state, or `null` where it is gone. */
  state(): string;
  /** Takes it away, whatever it is doing; its folder stays. */
  remove(): string;
}

/** Prints what is another text after each boot: the kernel's, and when systemd began, which is all that is new where the node is a container. */
export const bootCommand = "{ cat /proc/sys/kernel/random/boot_id; cut -d ' ' -f 22 /proc/1/stat; }";

/** The words for one run. */
export function runShell(at: NodeRun): RunShell {
  return at.isNative ? processShell(at) : containerShell(at);
}

/** sh that prints a run's state and its executor's last word, a line of JSON each. */
export function statusScript(at: NodeRun): string {
  const outcome = run("cat", `${at.folder}/output/.minirack/outcome.json`);
  return `${runShell(at).state()}${outcome} 2> /dev/null | tr -d '\\n' || true\n`;
}

/** sh that ends a run, and notes that this was asked for: a node that is switched off ends it too. */
export function stopScript(at: NodeRun): string {
  return `: > ${run(`${at.folder}/stopped`)}\n${runShell(at).stop()}`;
}

/** sh that packs what a run left, beside what is known of its end, and prints the archive's SHA-256 and size. */
export function packScript(at: NodeRun): string {
  const shell = runShell(at);
  return [
    "set -eu",
    run("cd", at.folder),
    `{ ${shell.state().trimEnd()}; } > state.json`,
    `{ ${shell.logs(40).trimEnd()}; } > lastLines 2>&1 || true`,
    `[ -e output/execution.log ] || { ${shell.logs().trimEnd()}; } > output/execution.log 2>&1 || true`,
    `${bootCommand} > boot.now`,
    "[ -e stopped ] && stopped=stopped || stopped=",
    "tar -czf results.tar.gz output state.json boot boot.now lastLines $stopped",
    "sha256sum < results.tar.gz",
    "wc -c < results.tar.gz",
    "",
  ].join("\n");
}

/** sh that prints the archive. */
export function archiveScript({ folder }: NodeRun): string {
  return `exec ${run("cat", `${folder}/results.tar.gz`)}\n`;
}

/** sh that takes a run away from its node; for when its results are safe. */
export function removeScript(at: NodeRun): string {
  return `${runShell(at).remove()}${run("rm", "-rf", at.folder)}\n`;
}
