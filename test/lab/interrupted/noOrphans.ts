import { setTimeout as pause } from "node:timers/promises";
import { type Process, stillRunning } from "../../support/processes.ts";
import { nodeNames, type TestLab } from "../../support/testLab.ts";

/** Nobody is logged in and none of our scripts run; what systemd runs for us (a package transaction) may. */
const ours = "pgrep -a -u rack . || true; pgrep -a -f '[s]h -s$' || true";

/**
 * Waits until nothing of an interrupted command runs, here or on the nodes.
 * @throws Error naming what still runs after a minute
 */
export async function noOrphans(lab: TestLab, started: Process[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const here = stillRunning(started).map(({ command }) => `here: ${command}`);
    const left = [...here, ...(await runningOnNodes(lab))];
    if (left.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`expected nothing to run after a minute, found:\n${left.join("\n")}`);
    await pause(200);
  }
}

async function runningOnNodes(lab: TestLab): Promise<string[]> {
  const found = nodeNames.map(async (node) => {
    const lines = (await lab.on(node, ours)).split("\n").filter((line) => line !== "");
    return lines.map((line) => `${node}: ${line}`);
  });
  return (await Promise.all(found)).flat();
}
