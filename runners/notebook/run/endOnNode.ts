import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { bootCommand } from "../../runs/onNode/boot.ts";
import { type ProcessState, parsedOr, processStateSchema } from "../../runs/onNode/processState.ts";
import type { NodeRun } from "./nodeRun.ts";
import { runShell } from "./runShell.ts";

/** What a node says of a run that is over, beside what the run left. */
export interface EndOnNode {
  state: ProcessState | undefined;
  isRebooted: boolean;
  /** Whether somebody asked for its end. */
  isStopped: boolean;
  lastLines: string[];
  /** What its output takes on the disk. */
  outputBytes: number;
}

/** Asks it. Nothing is written on the node, whose disk the run may have filled. */
export async function endOnNode(node: Pick<OpenNode, "run">, at: NodeRun): Promise<EndOnNode> {
  const { stdout } = await node.run({ script: endScript(at) });
  const [state = "", isRebooted, isStopped, bytes, ...lines] = stdout.split("\n");
  return {
    state: parsedOr(processStateSchema, state),
    isRebooted: isRebooted === "yes",
    isStopped: isStopped === "yes",
    outputBytes: Number(bytes),
    lastLines: lines.filter((line) => line.trim() !== ""),
  };
}

/** What a run has closed to itself is opened: it is its user's, who is asking. Root needs none of that, and the files are another's. */
const openOutput = '[ "$(id -u)" = 0 ] || chmod -R u+rwX output 2> /dev/null || true';

function endScript(at: NodeRun): string {
  const shell = runShell(at);
  return [
    "set -eu",
    shell.state().trimEnd(),
    run("cd", at.folder),
    `[ "$(${bootCommand})" = "$(cat boot)" ] && echo no || echo yes`,
    "[ -e stopped ] && echo yes || echo no",
    openOutput,
    "du -s --block-size=1 --count-links output | cut -f 1",
    run("cd", "/"),
    `{ ${shell.logs(40).trimEnd()}\n} 2>&1 | tail --bytes=65536 || true`,
    "",
  ].join("\n");
}
