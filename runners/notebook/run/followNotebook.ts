import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { CountedLines } from "../../runs/onNode/countedLines.ts";
import { type Following, followRun } from "../../runs/onNode/followRun.ts";
import type { NodeRun } from "./nodeRun.ts";
import { runShell } from "./runShell.ts";
import { TimedLines } from "./timedLines.ts";

/** Shows a run's lines as they come, to its end; of a container Docker knows the time of each. */
export async function followNotebook(
  node: OpenNode,
  at: NodeRun,
  { print, signal }: Pick<Following, "print" | "signal">,
): Promise<void> {
  const lines = at.isNative ? new CountedLines(print) : new TimedLines(print);
  await followRun(node, { shell: runShell(at), lines, print, signal });
}
