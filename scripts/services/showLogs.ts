import { run } from "../../provider/shell/command.ts";
import { heldScript } from "../../provider/shell/heldScript.ts";
import { prelude } from "../../provider/shell/prelude.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { pooledNode } from "../../provider/transport/pool.ts";
import { redact } from "../../provider/transport/redact.ts";
import { expectKnown, unitStatuses } from "./unitStatus.ts";

/** Which lines of which unit. */
export interface WantedLogs {
  unit: string;
  lines: number;
  /** Goes on until the connection is closed. */
  follow: boolean;
}

/** As long as a timer can wait. */
const longestSeconds = 24 * 24 * 3600;

/**
 * Prints a unit's lines from the node's journal. The script on the node ends when its stdin does, so nothing of it is left
 * there when we are gone, however we went.
 * @throws NodeError when there is no such unit; Cancelled when the connection was closed by us
 */
export async function showLogs(
  target: Target,
  wanted: WantedLogs,
  print: (line: string) => void,
): Promise<void> {
  const { unit, lines, follow } = wanted;
  for (const status of await unitStatuses(target, [unit])) expectKnown(target.name, status);
  const options = ["--no-pager", "-o", "short-iso", "-n", String(lines), ...(follow ? ["-f"] : [])];
  const journal = run("journalctl", ...options, "-u", unit);
  const text = heldScript(prelude, `looked\nhold_lifeline\n${journal} 9<&-`);
  const onLine = (line: string) => print(redact(line));
  const given = { asRoot: true, holdsStdin: true, timeoutSeconds: longestSeconds, onLine };
  const { code, stderr } = await pooledNode(target).session.run({ text, ...given });
  if (code === 0) return;
  throw new NodeError({
    node: target.name,
    subject: `journalctl -u ${unit}`,
    expected: "exit code 0",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "the lines above are the node's own words",
  });
}
