import { run } from "../../../provider/shell/command.ts";
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
 * sh that prints what a run left, as a gzipped tar; what could not be read is on stderr, a line each. The run may have put links anywhere
 * below `output`: they are packed as links, never followed, and nothing is written there.
 */
export function packScript({ folder }: NodeRun): string {
  const form = ["--format=posix", "--pax-option=delete=atime,delete=ctime", "--sparse", "--hard-dereference"];
  const gzip = "--use-compress-program=gzip -1";
  const files = ["--ignore-failed-read", "--quoting-style=escape", "output"];
  return [
    "set -eu",
    "export LC_ALL=C",
    "unset TAR_OPTIONS",
    run("cd", folder),
    "code=0",
    `${run("tar", "--create", "--file=-", ...form, gzip, ...files)} || code=$?`,
    '[ "$code" -le 1 ]', // 1: something has changed meanwhile, which is said
    "",
  ].join("\n");
}
