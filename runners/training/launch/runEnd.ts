import type { RunEnd } from "../../runs/ended.ts";
import type { RunLog } from "./runLog.ts";
import type { Training } from "./training.ts";

/**
 * Judges a run by what it told. Finished means: exit code 0, the end event, and identical weights.
 *
 * @param thrown what the connection to the first node threw, if it did
 */
export function runEnd(log: RunLog, nodes: Training["nodes"], isStopped: boolean, thrown?: unknown): RunEnd {
  const code = log.exitCode ?? null;
  if (code === 0 && log.isEnded && log.metrics.weights?.identical) {
    return { status: "finished", exit: { code, reason: "finished" } };
  }
  if (isStopped) return { status: "stopped", exit: { code, reason: stoppedReason(log, nodes) } };
  return { status: "failed", exit: { code, reason: failure(log, nodes, thrown) } };
}

function stoppedReason(log: RunLog, nodes: Training["nodes"]): string {
  if (log.exitCode !== undefined) return `stopped: the ranks on ${names(nodes)} were ended`;
  return `stopped: the connection to ${nodes[0]?.name} was closed, upon which its supervisor ends the ranks on ${names(nodes)}`;
}

function failure(log: RunLog, nodes: Training["nodes"], thrown: unknown): string {
  if (log.error) {
    const { rank, node, reason } = log.error;
    return `rank ${rank} on ${nodes[rank]?.name ?? node}: ${reason}`;
  }
  if (log.lostAddress !== undefined) {
    const rank = nodes.findIndex((node) => node.linkAddress === log.lostAddress);
    return `rank ${rank} on ${nodes[rank]?.name}: its node no longer answers at ${log.lostAddress}; see that it is up, and its link's cable`;
  }
  if (log.exitCode === undefined) return thrown instanceof Error ? thrown.message : `no exit code: ${thrown}`;
  return (
    killedRank(log.lastLines, nodes) ?? `exit code ${log.exitCode}: ${log.lastLines.slice(-5).join("\n")}`
  );
}

/** mpiexec's banner says where a rank died that could say nothing itself: killed, out of memory, crashed. */
function killedRank(lines: string[], nodes: Training["nodes"]): string | undefined {
  const text = lines.join("\n");
  const address = /RUNNING AT (\S+)/.exec(text)?.[1];
  if (address === undefined) return undefined;
  const rank = nodes.findIndex((node) => node.linkAddress === address);
  const how =
    /EXIT STRING: (.+)/.exec(text)?.[1] ?? `signal or exit code ${/EXIT CODE: (\d+)/.exec(text)?.[1]}`;
  const who = rank < 0 ? `a rank on ${address}` : `rank ${rank} on ${nodes[rank]?.name}`;
  return `${who}: ended by ${how}; see its kernel log for a lack of memory`;
}

function names(nodes: Training["nodes"]): string {
  return nodes.map((node) => node.name).join(", ");
}
