import { run } from "../../../provider/shell/command.ts";
import { bootCommand } from "../../runs/onNode/boot.ts";
import { boundedRead } from "../../runs/onNode/boundedRead.ts";
import { processShell } from "../../runs/onNode/processShell.ts";
import type { RunShell } from "../../runs/onNode/runShell.ts";
import { containerShell } from "./containerShell.ts";
import type { NodeRun } from "./nodeRun.ts";

/** The words for a run, which is a container, or in native mode a process. */
export function runShell(at: NodeRun): RunShell {
  return at.isNative ? processShell(at.folder) : containerShell(at);
}

/** sh that prints a run's state and its executor's last word, a line of JSON each. */
export function statusScript(at: NodeRun): string {
  return `${runShell(at).state()}${boundedRead(at.folder, "output/.minirack/outcome.json")} | tr -d '\\n\\0'\n`;
}

/**
 * sh that packs what a run left, beside what is known of its end, and prints the archive's SHA-256 and size. The run may have put links
 * anywhere below `output`: nothing there is opened by its path, and nothing is written there.
 */
export function packScript(at: NodeRun): string {
  const shell = runShell(at);
  return [
    "set -eu",
    run("cd", at.folder),
    `{ ${shell.state().trimEnd()}; } > state.json`,
    `{ ${shell.logs(40).trimEnd()}; } > lastLines 2>&1 || true`,
    `{ ${shell.logs().trimEnd()}; } > execution.log 2>&1 || true`,
    `${bootCommand} > boot.now`,
    "[ -e stopped ] && stopped=stopped || stopped=",
    "tar -czf results.tar.gz output state.json boot boot.now lastLines execution.log $stopped",
    "sha256sum < results.tar.gz",
    "wc -c < results.tar.gz",
    "",
  ].join("\n");
}

/** sh that prints the archive. */
export function archiveScript({ folder }: NodeRun): string {
  return `exec ${run("cat", `${folder}/results.tar.gz`)}\n`;
}
