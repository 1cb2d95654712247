import { execa } from "execa";
import { labContainer } from "./labContainers.ts";
import { nodeWait } from "./labWait.ts";
import { swapOff } from "./swapOff.ts";

/** Shuts a lab node's systemd down in order, boots it again, and waits until it has booted and its sshd answers. */
export async function labReboot(name: string, stack = "lab"): Promise<void> {
  const node = await labContainer(stack, name);
  await swapOff(node.container); // a computer's swap ends with it; a container's would go on
  await execa("docker", ["restart", "--time", "30", node.container]);
  await nodeWait(node);
  await execa("docker", ["exec", node.container, "swapon", "--all"]); // which systemd does, but in no container
}
