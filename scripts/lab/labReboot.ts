import { execa } from "execa";
import { labContainer } from "./labContainers.ts";
import { nodeWait } from "./labWait.ts";

/** Shuts a lab node's systemd down in order, boots it again, and waits until it has booted and its sshd answers. */
export async function labReboot(name: string, stack = "lab"): Promise<void> {
  const node = await labContainer(stack, name);
  await execa("docker", ["restart", "--time", "30", node.container]);
  await nodeWait(node);
}
