import { nearestNames } from "../../config/nearestNames.ts";
import { run } from "../../provider/shell/command.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { pooledNode } from "../../provider/transport/pool.ts";

/** A unit on a node as systemd has it. */
export interface UnitStatus {
  unit: string;
  /** False where systemd knows no such unit. */
  isKnown: boolean;
  /** `active (running)`. */
  active: string;
  isRunning: boolean;
  /** `enabled`, `disabled`, `static` …; empty where it has no file. */
  enabled: string;
  /** Since when it is active; undefined while it is not. */
  activeSeconds: number | undefined;
  memoryMb: number | undefined;
  /** Where it is not known: units with a name like it. */
  nearest: string[];
}

const properties = "LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestampMonotonic,MemoryCurrent";
const mark = "@@names";

/** Times since boot rather than dates: every systemd prints them alike. */
function statusScript(units: string[]): string {
  return `cat /proc/uptime
status=$(${run("systemctl", "show", "--no-pager", "-p", properties, "--", ...units)})
printf '%s\\n${mark}\\n' "$status"
case "$status" in *LoadState=not-found*)
  { systemctl list-unit-files --no-legend --plain --no-pager; systemctl list-units --all --no-legend --plain --no-pager; } | awk '{ print $1 }'
esac`;
}

/**
 * How units are on a node, in their order. Asks as the user, who needs no sudo for it.
 * @throws NodeError when the node does not answer
 */
export async function unitStatuses(target: Target, units: string[]): Promise<UnitStatus[]> {
  const text = `set -eu\nexport LC_ALL=C\nmain() {\n${statusScript(units)}\n}\nmain </dev/null\n`;
  const { code, stdout, stderr } = await pooledNode(target).session.run({ text, timeoutSeconds: 60 });
  if (code === 0) return parseStatuses(stdout, units);
  throw new NodeError({
    node: target.name,
    subject: "systemctl",
    expected: "an answer",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "see that systemd runs the node",
  });
}

/** The answer of `statusScript`: uptime, a block of properties per unit, and names where one was not found. */
export function parseStatuses(answer: string, units: string[]): UnitStatus[] {
  const [shown = "", listed = ""] = answer.split(`\n${mark}\n`);
  const [uptime = "", ...rest] = shown.split("\n");
  const names = listed.split("\n").filter(Boolean);
  const blocks = rest.join("\n").split("\n\n");
  return units.map((unit, index) => {
    const values = new Map(blocks[index]?.split("\n").map(keyAndValue));
    return statusOf(unit, (key) => values.get(key) ?? "", Number.parseFloat(uptime), names);
  });
}

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}

function statusOf(
  unit: string,
  value: (key: string) => string,
  uptimeSeconds: number,
  names: string[],
): UnitStatus {
  const isKnown = value("LoadState") !== "not-found";
  const isRunning = value("ActiveState") === "active";
  const memory = /^\d{1,15}$/.test(value("MemoryCurrent"))
    ? Number(value("MemoryCurrent")) / 2 ** 20
    : undefined;
  const activated = Number(value("ActiveEnterTimestampMonotonic")) / 1e6;
  return {
    unit,
    isKnown,
    active: `${value("ActiveState")} (${value("SubState")})`,
    isRunning,
    enabled: value("UnitFileState"),
    activeSeconds: isRunning ? Math.max(0, uptimeSeconds - activated) : undefined,
    memoryMb: memory,
    nearest: isKnown ? [] : nearestNames(unit, names),
  };
}

/** @throws NodeError that names the nearest units, for one that is not there */
export function expectKnown(node: string, { unit, isKnown, nearest }: UnitStatus): void {
  if (isKnown) return;
  const others =
    nearest.length === 0 ? "no name there is like it" : `the nearest names are ${nearest.join(", ")}`;
  throw new NodeError({
    node,
    subject: "systemctl",
    expected: "a unit that is there",
    found: unit,
    remedy: others,
  });
}
