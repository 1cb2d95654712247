import { durationText } from "../durationText.ts";
import { textTable } from "../textTable.ts";
import type { NodeUnits } from "./nodeUnits.ts";
import type { UnitStatus } from "./unitStatus.ts";

const heading = ["NODE", "UNIT", "ACTIVE", "ENABLED", "SINCE", "MEMORY MiB"];

/** One row per unit. A node without units, and one that failed, have a row too. */
export function unitTable(all: NodeUnits[]): string {
  const rows = all.flatMap(({ node, units, error }) => {
    if (units.length === 0) return [[node, "-", error === undefined ? "-" : "failed", "-", "-", "-"]];
    return units.map((unit) => [node, unit.unit, ...cells(unit)]);
  });
  return textTable([heading, ...rows]);
}

function cells({ isKnown, active, enabled, activeSeconds, memoryMb, nearest }: UnitStatus): string[] {
  if (!isKnown)
    return ["no such unit", "-", "-", nearest.length === 0 ? "-" : `like it: ${nearest.join(", ")}`];
  const since = activeSeconds === undefined ? "-" : durationText(activeSeconds);
  return [active, enabled || "-", since, memoryMb?.toFixed(1) ?? "-"];
}
