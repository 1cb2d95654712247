import { readFileSync } from "node:fs";
import { prelude } from "../../provider/shell/prelude.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { LostConnection, lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { lockHeld } from "../../provider/transport/nodeSession.ts";
import { pooledNode } from "../../provider/transport/pool.ts";
import type { Boot } from "./boot.ts";
import { untilBooted, untilUnitsRun, type Waiting } from "./untilBack.ts";

/** A node before its reboot. */
export interface BeforeReboot {
  target: Target;
  boot: Boot;
  /** Units that are to run again after it. */
  units: string[];
}

/** A node after its reboot. */
export interface AfterReboot {
  /** From the order to the last unit's start. */
  seconds: number;
  /** `running`, or `degraded` where a unit that is not of this stack failed. */
  state: string;
  failedUnits: string[];
}

const work = readFileSync(new URL("reboot.sh", import.meta.url), "utf8");

/**
 * Reboots a node and waits until it has booted and its units run again.
 * @throws NodeError when it does not come back, or a unit does not
 */
export async function rebootNode(
  { target, boot, units }: BeforeReboot,
  { timeoutSeconds, say }: Omit<Waiting, "deadline"> & { timeoutSeconds: number },
): Promise<AfterReboot> {
  const begun = Date.now();
  say("goes down");
  await order(target);
  const waiting = { deadline: Date.now() + timeoutSeconds * 1000, say };
  const back = await untilBooted(target, boot.id, waiting);
  if (units.length > 0) await untilUnitsRun(target, units, waiting);
  const seconds = Math.round((Date.now() - begun) / 1000);
  say(`is back after ${seconds} s`);
  return { seconds, state: back.state, failedUnits: back.failedUnits };
}

/** The connection may be gone before the answer: only another boot tells what became of it. */
async function order(target: Target): Promise<void> {
  const text = `${prelude}\n${work}\nmain() {\nreboot_node\n}\nmain </dev/null\n`;
  const { session } = pooledNode(target);
  try {
    const { code, stderr } = await session.run({ text, asRoot: true, lock: "apt", timeoutSeconds: 900 });
    if (code === 75) throw lockHeld(target.name, "apt");
    if (code !== 0) throw refused(target.name, code, stderr);
  } catch (error) {
    if (!(error instanceof LostConnection)) throw error;
  }
}

function refused(node: string, code: number, stderr: string): NodeError {
  return new NodeError({
    node,
    subject: "reboot",
    expected: "systemctl reboot to succeed",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "mend what the lines above say, then run the command again",
  });
}
