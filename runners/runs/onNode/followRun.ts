import type { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { LostConnection, Unreachable } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import { parsedOr, processStateSchema } from "./processState.ts";
import type { RunShell } from "./runShell.ts";

/** Takes a run's lines, and knows where to go on after a lost connection. */
export interface Lines extends Writable {
  since: string | undefined;
  /** The same for the next connection: a stream ends with its own. */
  again(): Lines;
}

/** What is followed, who is told, and who may end the following: the run goes on without us. */
export interface Following {
  shell: RunShell;
  lines: Lines;
  print: (line: string) => void;
  signal?: AbortSignal | undefined;
}

type FollowedNode = Pick<OpenNode, "run" | "download">;

const patienceSeconds = 300;
const pauseSeconds = 3;

/**
 * Shows a run's lines as they come, to its end. A lost connection is made again and the lines go on where they stopped; a
 * node that is away for five minutes is given up, its run is not.
 */
export async function followRun(node: FollowedNode, following: Following): Promise<void> {
  const { shell, print, signal } = following;
  let { lines } = following;
  let lostAt: number | undefined;
  for (;;) {
    signal?.throwIfAborted();
    try {
      await node.download({ script: shell.follow(lines.since), signal }, lines);
      if (!(await isRunning(node, shell))) return;
      lostAt = undefined;
    } catch (error) {
      signal?.throwIfAborted();
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
async function isRunning(node: FollowedNode, shell: RunShell): Promise<boolean> {
  const { stdout } = await node.run({ script: shell.state() });
  return parsedOr(processStateSchema, stdout.split("\n")[0] ?? "")?.Running ?? false;
}
