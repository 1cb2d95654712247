import type { Outcome } from "../nodes/outcome.ts";
import { textTable } from "../textTable.ts";
import type { Reboot } from "./rebootStack.ts";

/** One row per node: what became of it. */
export function rebootTable(all: Outcome<Reboot>[]): string {
  return textTable([["NODE", "REBOOT", "TOOK", "SYSTEM", "FAILED UNITS"], ...all.map(row)]);
}

function row(one: Outcome<Reboot>): string[] {
  if (one.error !== undefined) return [one.node, "failed", "-", "-", "-"];
  if (one.action !== "rebooted") return [one.node, one.action, "-", "-", "-"];
  return [one.node, "done", `${one.seconds} s`, one.state, one.failedUnits.join(", ") || "-"];
}

/** What a rolling reboot that ended early has not done; undefined where it came to its end. */
export function leftLine(all: Outcome<Reboot>[]): string | undefined {
  const left = all.filter((one) => one.error === undefined && one.action === "left").map(({ node }) => node);
  return left.length === 0 ? undefined : `not rebooted: ${left.join(", ")}`;
}
