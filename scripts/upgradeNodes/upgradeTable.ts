import type { Outcome } from "../nodes/outcome.ts";
import { textTable } from "../textTable.ts";
import type { Upgrade } from "./upgradeNode.ts";

/** One row per package whose version changed or would change, then a row per node: how many, and whether it waits for a reboot. */
export function upgradeTable(all: Outcome<Upgrade>[]): string {
  const packages = all.flatMap(({ node, upgraded = [] }) =>
    upgraded.map(({ name, from, to }) => [node, name, from ?? "(new)", to]),
  );
  const nodes = textTable([["NODE", "UPGRADED", "KEPT BACK", "REBOOT"], ...all.map(nodeRow)]);
  if (packages.length === 0) return nodes;
  return `${textTable([["NODE", "PACKAGE", "FROM", "TO"], ...packages])}\n\n${nodes}`;
}

function nodeRow(one: Outcome<Upgrade>): string[] {
  if (one.error !== undefined) return [one.node, "failed", "-", "-"];
  const { node, upgraded, keptBack, rebootReason } = one;
  const reboot = rebootReason === undefined ? "-" : `required: ${rebootReason}`;
  return [node, String(upgraded.length), keptBack.join(", ") || "-", reboot];
}
