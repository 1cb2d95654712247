import { setTimeout as wait } from "node:timers/promises";
import { LostConnection, Unreachable } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { CountedLines } from "./countedLines.ts";
import type { NodeRun } from "./nodeRun.ts";
import { containerStateSchema, parsedOr } from "./outcome.ts";
import { runShell } from "./runShell.ts";
import { TimedLines } from "./timedLines.ts";

/** Who is told, and who may end the following: the run goes on without us. */
export interface Following {
  print: (line: string) => void;
  signal?: AbortSignal | undefined;
}

const patienceSeconds = 300;
const pauseSeconds = 3;

/**
 * Shows a run's lines as they come, to its end. A lost connection is made again and the lines go on where they stopped; a
 * node that is away for five minutes is given up, its run is not.
 */
export async function followRun(node: OpenNode, at: NodeRun, { print, signal }: Following): Promise<void> {
  const shell = runShell(at);
  let lines: TimedLines | CountedLines = at.isNative ? new CountedLines(print) : new TimedLines(print);
  let lostAt: number | undefined;
  for (;;) {
    signal?.throwIfAborted();
    try {
      await node.download({ script: shell.follow(lines.since), signal }, lines);
      if (!(await isRunning(node, at))) return;
      lostAt = undefined;
    } catch (error) {
      if (!(error instanceof LostConnection || error instanceof Unreachable)) throw error;
      if (lostAt === undefined) print("the connection is lost; the run goes on, and is waited for …");
      lostAt ??= Date.now();
      if (Date.now() - lostAt > patienceSeconds * 1000) throw error;
    }
    lines = lines.again();
    await wait(pauseSeconds * 1000, undefined, { signal });
  }
}

/** A container that is gone is over as well. */
async function isRunning(node: OpenNode, at: NodeRun): Promise<boolean> {
  const { stdout } = await node.run({ script: runShell(at).state() });
  return parsedOr(containerStateSchema, stdout.split("\n")[0] ?? "")?.Running ?? false;
}
