import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { processTree } from "./processes.ts";
import { randomNumbers } from "./randomNumbers.ts";
import { startPulumi } from "./startPulumi.ts";
import type { TestCluster } from "./testCluster.ts";
import { nodeNames } from "./testLab.ts";

/** A kill -9 in the middle of an up, and what came of it. */
export interface Kill {
  victim: "CLI" | "provider";
  afterSeconds: number;
  /** What the killed up had created by then, as it said. */
  created: number;
  upSeconds: number;
  destroySeconds: number;
}

/** Victims and moments, uniform over the time of an up: the same for the same seed. */
export function plannedKills(
  count: number,
  seed: number,
  upSeconds: number,
): Pick<Kill, "victim" | "afterSeconds">[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const victim = random() < 0.5 ? "CLI" : "provider";
    return { victim, afterSeconds: Math.round(random() * upSeconds * 10) / 10 };
  });
}

/** Snapshots of all nodes of the cluster's lab, without versions: an upgrade that a new package needed stays. */
export async function snapshots({ lab }: TestCluster): Promise<string[]> {
  const texts = await Promise.all(nodeNames.map((node) => labSnapshot(node, lab.stack)));
  return texts.map((text) => text.replace(/^(\S+) \S+ ii $/gm, "$1"));
}

/** Starts an up on fresh nodes, kills it, and expects that the next up converges and destroy gives all back. */
export async function killUp(
  cluster: TestCluster,
  { victim, afterSeconds }: Pick<Kill, "victim" | "afterSeconds">,
  before: string[],
): Promise<Kill> {
  const { pid, ended } = startPulumi(cluster, ["up", "--yes", "--skip-preview"]);
  await Promise.race([pause(afterSeconds * 1000), ended]);
  const providers = processTree(pid).filter(({ command }) => command.includes("provider/start.mjs"));
  const killed = victim === "CLI" || providers.length === 0 ? [pid] : providers.map((one) => one.pid);
  for (const one of killed) killIfThere(one);
  const { output } = await ended;
  await cluster.prepared.pulumi(["cancel", "--yes", "--stack", cluster.stack], { reject: false });
  const upSeconds = await timed(() => cluster.pulumi("up", "--yes", "--skip-preview"));
  const again = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
  expect(again).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  const destroySeconds = await timed(() => cluster.pulumi("destroy", "--yes", "--skip-preview"));
  expect(await snapshots(cluster)).toEqual(before);
  const created = (output.match(/ created \(/g) ?? []).length;
  return { victim, afterSeconds, created, upSeconds, destroySeconds };
}

/** One that ended meanwhile needs no killing. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** How long work takes, in seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = Date.now();
  await work();
  return Math.round((Date.now() - started) / 100) / 10;
}
