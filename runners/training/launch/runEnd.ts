import type { RunEnd } from "../../runs/ended.ts";
import type { RunLog } from "./runLog.ts";
import type { Metadata } from "./runRecord.ts";

/** What the first node says of a run that is over. */
export interface EndFacts {
  /** Of mpiexec, or 137 where something killed all of it. */
  code: number | null;
  /** Whether somebody asked for its end. */
  isStopped: boolean;
  /** Whether the node was started anew since the run began. */
  isRebooted: boolean;
}

/** Judges a run by what it told. Finished means: exit code 0, the end event, and identical weights. */
export function runEnd(log: RunLog, nodes: Metadata["nodes"], facts: EndFacts): RunEnd {
  const { code, isStopped } = facts;
  if (code === 0 && log.isEnded && log.metrics.weights?.identical) {
    return { status: "finished", exit: { code, reason: "finished" } };
  }
  if (isStopped) {
    const names = nodes.map((node) => node.name).join(", ");
    return { status: "stopped", exit: { code, reason: `stopped: the ranks on ${names} were ended` } };
  }
  return { status: "failed", exit: { code, reason: failure(log, nodes, facts) } };
}

function failure(log: RunLog, nodes: Metadata["nodes"], { code, isRebooted }: EndFacts): string {
  if (log.error) {
    const { rank, node, reason } = log.error;
    return `rank ${rank} on ${nodes[rank]?.name ?? node}: ${reason}`;
  }
  if (log.lostAddress !== undefined) {
    const rank = nodes.findIndex((node) => node.linkAddress === log.lostAddress);
    return `rank ${rank} on ${nodes[rank]?.name}: its node no longer answers at ${log.lostAddress}; see that it is up, and its link's cable`;
  }
  if (isRebooted) return `node ${nodes[0]?.name} was started anew during the run; run it again`;
  return killedRank(log.lastLines, nodes) ?? `exit code ${code}: ${log.lastLines.slice(-5).join("\n")}`;
}

/** mpiexec's banner says where a rank died that could say nothing itself: killed, out of memory, crashed. */
function killedRank(lines: string[], nodes: Metadata["nodes"]): string | undefined {
  const text = lines.join("\n");
  const address = /RUNNING AT (\S+)/.exec(text)?.[1];
  if (address === undefined) return undefined;
  const rank = nodes.findIndex((node) => node.linkAddress === address);
  const how =
    /EXIT STRING: (.+)/.exec(text)?.[1] ?? `signal or exit code ${/EXIT CODE: (\d+)/.exec(text)?.[1]}`;
  const who = rank < 0 ? `a rank on ${address}` : `rank ${rank} on ${nodes[rank]?.name}`;
  return `${who}: ended by ${how}; see its kernel log for a lack of memory`;
}
