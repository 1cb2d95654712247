import { readFileSync } from "node:fs";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { pooledNode } from "../../provider/transport/pool.ts";
import { rebootReason } from "../nodes/rebootReason.ts";

/** A boot of a node, and how far it is. */
export interface Boot {
  /** Another one after each boot. */
  id: string;
  /** Its kernel's boot id: a container has that of the computer it runs on. */
  kernelId: string;
  machineId: string;
  isContainer: boolean;
  /** systemd's word: starting, running, degraded, stopping … */
  state: string;
  failedUnits: string[];
  /** Why a reboot is due; undefined where none is. */
  rebootReason: string | undefined;
}

const work = readFileSync(new URL("boot.sh", import.meta.url), "utf8");
const text = `set -eu\nexport LC_ALL=C\n${rebootReason}\n${work}\nmain() {\ntell_boot\n}\nmain </dev/null\n`;

/** Asks a node, as the user. @throws NodeError when it does not answer */
export async function readBoot(target: Target): Promise<Boot> {
  const { code, stdout, stderr } = await pooledNode(target).session.run({ text, timeoutSeconds: 30 });
  const boot = code === 0 ? parseBoot(stdout) : undefined;
  if (boot !== undefined) return boot;
  throw new NodeError({
    node: target.name,
    subject: "reboot",
    expected: "to be told which boot this is",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "see that systemd runs the node",
  });
}

/** Undefined when the answer did not come to its end. */
export function parseBoot(answer: string): Boot | undefined {
  const rows = answer.split("\n").map((line) => line.split("\t"));
  const all = (name: string) => rows.filter(([one]) => one === name).map(([, value = ""]) => value);
  const one = (name: string) => all(name)[0] ?? "";
  if (all("end").length === 0) return undefined;
  return {
    id: one("boot"),
    kernelId: one("kernel"),
    machineId: one("machine"),
    isContainer: one("container") === "yes",
    state: one("state"),
    failedUnits: all("failed"),
    rebootReason: one("reason") || undefined,
  };
}
