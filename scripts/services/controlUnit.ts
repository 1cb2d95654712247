import { run } from "../../provider/shell/command.ts";
import { prelude } from "../../provider/shell/prelude.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { pooledNode } from "../../provider/transport/pool.ts";
import { expectKnown, type UnitStatus, unitStatuses } from "./unitStatus.ts";

export const verbs = ["start", "stop", "restart"] as const;
export type Verb = (typeof verbs)[number];

/**
 * Starts, stops or restarts a unit on a node; resolves with how it is then.
 * @throws NodeError when there is no such unit, or systemd says no, with the unit's last lines
 */
export async function controlUnit(target: Target, verb: Verb, unit: string): Promise<UnitStatus | undefined> {
  for (const status of await unitStatuses(target, [unit])) expectKnown(target.name, status);
  const work = `${run("systemctl", verb, "--", unit)} || { ${run("unit_log", unit)} >&2; looked; exit 1; }\nlooked`;
  const text = `${prelude}\nmain() {\n${work}\n}\nmain </dev/null\n`;
  const { code, stderr } = await pooledNode(target).session.run({ text, asRoot: true, timeoutSeconds: 300 });
  if (code !== 0) throw refused(target.name, verb, unit, stderr);
  return (await unitStatuses(target, [unit]))[0];
}

function refused(node: string, verb: Verb, unit: string, stderr: string): NodeError {
  return new NodeError({
    node,
    subject: `systemctl ${verb} ${unit}`,
    expected: "exit code 0",
    found: lastLines(stderr, 8),
    remedy: `scripts/logs ${node} ${unit} says more`,
  });
}
