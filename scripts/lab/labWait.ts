import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { type LabContainer, labContainers } from "./labContainers.ts";
import { sshBanner } from "./sshBanner.ts";

const limitSeconds = 120;

/**
 * Waits until each node of a lab has booted and its sshd answers.
 * @throws Error naming the node and its failed units, or its last log lines when it did not boot
 */
export async function labWait(stack: string): Promise<void> {
  const nodes = await labContainers(stack);
  await Promise.all(nodes.map((node) => nodeWait(node)));
}

/** As `labWait`, for one node. */
export async function nodeWait(node: LabContainer): Promise<void> {
  const deadline = Date.now() + limitSeconds * 1000;
  await untilBooted(node, deadline);
  while (!(await sshBanner(node.port))) {
    if (Date.now() > deadline)
      throw new Error(`${node.node}: no SSH banner on 127.0.0.1:${node.port} in ${limitSeconds} s`);
    await pause(100);
  }
}

async function untilBooted({ node, container }: LabContainer, deadline: number): Promise<void> {
  for (;;) {
    // Before systemd is there to be asked this fails at once; later --wait makes it last as long as the boot.
    const asked = await execa("docker", ["exec", container, "systemctl", "is-system-running", "--wait"], {
      reject: false,
      timeout: Math.max(1000, deadline - Date.now()),
    });
    if (asked.stdout === "running") return;
    if (asked.stdout === "degraded")
      throw new Error(`${node}: booted with failed units: ${await failedUnits(container)}`);
    if (Date.now() > deadline || asked.stderr.includes("is not running"))
      throw new Error(await notBooted(node, container));
    await pause(100);
  }
}

async function failedUnits(container: string): Promise<string> {
  const { stdout } = await execa("docker", [
    "exec",
    container,
    "systemctl",
    "--failed",
    "--plain",
    "--no-legend",
  ]);
  return stdout
    .split("\n")
    .map((line) => line.split(" ")[0])
    .join(", ");
}

async function notBooted(node: string, container: string): Promise<string> {
  const logs = await execa("docker", ["logs", "--tail", "8", container], { all: true, reject: false });
  return `${node}: expected it to boot within ${limitSeconds} s, it did not. docker logs ${container}:\n${logs.all}`;
}
