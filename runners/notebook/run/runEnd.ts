import type { RunEnd } from "../../runs/ended.ts";
import type { ProcessState } from "../../runs/onNode/processState.ts";
import type { Outcome } from "./outcome.ts";
import { bytesText } from "./quantities.ts";
import type { RunLimits } from "./runOptions.ts";

/** What is known of a run that is over. */
export interface EndFacts {
  node: string;
  state: ProcessState | undefined;
  outcome: Outcome | undefined;
  /** Whether the node was started anew since the run began. */
  isRebooted: boolean;
  /** Whether somebody asked for its end. */
  isStopped: boolean;
  limits: RunLimits;
  lastLines: string[];
}

/** Judges a run: finished is what its executor and its engine both say; every other end has a reason that says what to do. */
export function runEnd(facts: EndFacts): RunEnd {
  const { state, outcome } = facts;
  const code = state?.ExitCode ?? null;
  if (outcome?.status === "finished" && code === 0)
    return { status: "finished", exit: { code, reason: "finished" } };
  if (outcome?.status === "stopped" && (facts.isStopped || !facts.isRebooted))
    return { status: "stopped", exit: { code, reason: outcome.reason ?? "stopped" } };
  return { status: "failed", exit: { code, reason: failure(facts) } };
}

function failure({ node, state, outcome, isRebooted, limits, lastLines }: EndFacts): string {
  const where = outcome?.status === "running" || outcome?.status === "stopped" ? ` ${progress(outcome)}` : "";
  if (outcome?.status === "outOfMemory" || (state?.OOMKilled && outcome?.status !== "failed"))
    return outOfMemory(limits, outcome);
  const isOver = outcome !== undefined && outcome.status !== "running" && outcome.status !== "stopped";
  if (isOver) return outcome.reason ?? outcome.status;
  if (isRebooted) return `node ${node} was started anew during the run${where}; run it again`;
  if (state === undefined)
    return `its container is gone from ${node}${where}: somebody removed it; run it again`;
  const said = lastLines.slice(-5).join("\n");
  if (state.ExitCode === 137) return `killed on ${node}${where}: somebody ended its container; run it again`;
  return `exit code ${state.ExitCode}${said === "" ? "" : `: ${said}`}`;
}

function outOfMemory({ memoryBytes }: RunLimits, outcome: Outcome | undefined): string {
  const [limit, remedy] =
    memoryBytes === undefined
      ? ["the node's memory", "use less, or choose a node with more"]
      : [`at most ${bytesText(memoryBytes)}`, "give more by --memory, or use less"];
  const where = outcome === undefined ? "" : ` ${progress(outcome)}`;
  return `out of memory${where}: expected ${limit}, and it asked for more; ${remedy}`;
}

/** `in cell 3 of 10`, where it was when it was last heard of. */
export function progress({ cells = [], cellCount }: Outcome): string {
  return cellCount === undefined ? "" : `in cell ${Math.max(1, cells.length)} of ${cellCount}`;
}
