import { execa } from "execa";
import { type LabContainer, labContainers } from "./labContainers.ts";

export interface LabStatus extends LabContainer {
  /** systemd's word: running, degraded, starting …; "off" where the container does not run. */
  system: string;
}

/** The lab's nodes as they are now; empty when the lab is down. */
export async function labStatus(stack = "lab"): Promise<LabStatus[]> {
  const nodes = await labContainers(stack);
  return Promise.all(nodes.map(async (node) => ({ ...node, system: await systemState(node) })));
}

async function systemState({ container, state }: LabContainer): Promise<string> {
  if (state !== "running") return "off";
  const asked = await execa("docker", ["exec", container, "systemctl", "is-system-running"], {
    reject: false,
  });
  return asked.stdout || "starting";
}
