import type { OpenNode } from "../../../provider/transport/openNode.ts";
import type { LaunchWorld } from "./launchOptions.ts";
import type { LaunchPlan } from "./planLaunch.ts";
import type { RunLog } from "./runLog.ts";

/** As long as a timer can wait: a run is ended by itself or by its user, not by a clock. */
const longestRunSeconds = 24 * 24 * 3600;
const stopSeconds = 20;

/**
 * Runs the plan's script on the first node, its lines into the log.
 *
 * @throws NodeError when the node cannot be reached, the connection is lost, or the exit code is not 0
 */
export async function runRanks(
  plan: LaunchPlan,
  log: RunLog,
  openNode: LaunchWorld["openNode"],
  signal?: AbortSignal,
): Promise<void> {
  const first = plan.training.nodes[0];
  if (first === undefined) throw new Error("training: expected at least one node, found none");
  const node = await openNode({ name: first.name, connection: first.connection });
  const onAbort = () => void stopRanks(node, log);
  try {
    signal?.throwIfAborted();
    signal?.addEventListener("abort", onAbort);
    const { script } = plan;
    const onLine = (line: string) => {
      const isKnownLost = log.lostAddress !== undefined;
      log.take(line);
      if (log.lostAddress !== undefined && !isKnownLost) void stopRanks(node, log);
    };
    await node.run({ script, onLine, timeoutSeconds: longestRunSeconds });
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await node.close();
  }
}

/** Asks the supervisor to end all ranks. Where it cannot be asked, closing the connection tells it too. */
async function stopRanks(node: Pick<OpenNode, "run" | "close">, log: RunLog): Promise<void> {
  if (log.supervisorPid === undefined) return node.close();
  const closing = setTimeout(() => void node.close(), stopSeconds * 1000);
  closing.unref();
  await node
    .run({ script: `kill -TERM ${log.supervisorPid}`, timeoutSeconds: stopSeconds })
    .catch(() => node.close());
}
