import { execa } from "execa";
import { type LabNode, labNodes } from "./labNode.ts";

export interface LabStatus extends Pick<LabNode, "node" | "port" | "kind" | "madeOf"> {
  /** systemd's word: running, degraded, starting …; "off" where the node does not run. */
  system: string;
}

/** The lab's nodes as they are now; empty when the lab is down. */
export async function labStatus(stack = "lab"): Promise<LabStatus[]> {
  const all = await labNodes(stack);
  return Promise.all(
    all.map(async (one) => {
      const { node, port, kind, madeOf } = one;
      return { node, port, kind, madeOf, system: await systemState(one) };
    }),
  );
}

async function systemState({ isRunning, asRoot: [file, ...args] }: LabNode): Promise<string> {
  if (!isRunning) return "off";
  const asked = await execa(file, [...args, "systemctl", "is-system-running"], {
    reject: false,
    stdin: "ignore",
  });
  return asked.stdout || "starting";
}
