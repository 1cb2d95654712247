import { labNode } from "./labNode.ts";

/** Shuts a lab node's systemd down in order, boots it again, and waits until it has booted and its sshd answers. */
export async function labReboot(name: string, stack = "lab"): Promise<void> {
  await (await labNode(stack, name)).reboot();
}
