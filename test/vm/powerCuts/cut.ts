import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { labSnapshot } from "../../../scripts/lab/labSnapshot.ts";
import { timed } from "../../support/killedUp.ts";
import { readExcuses, unexcused } from "../../support/labNodeExcuses.ts";
import { randomNumbers } from "../../support/randomNumbers.ts";
import { startPulumi } from "../../support/startPulumi.ts";
import type { TestCluster } from "../../support/testCluster.ts";
import type { VmLab } from "../../support/vmLab.ts";
import { cutSettings } from "./clusterFile.ts";

/** When the power is cut: so long after a setting's change begins on the node, or is said to have been made. */
export interface Moment {
  setting: string;
  of: "begin" | "end";
  afterSeconds: number;
}

/** A power cut in the middle of an up, and what came of it. */
export interface Cut extends Moment {
  /** What the interrupted up had created by then, as it said. */
  created: number;
  bootSeconds: number;
  upSeconds: number;
  destroySeconds: number;
}

/** The same moments for the same seed; a begin and an end are always among them. */
export function plannedCuts(count: number, seed: number): Moment[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const setting = cutSettings[Math.floor(random() * cutSettings.length)] ?? "files";
    const of = index % 2 === 0 ? "begin" : "end";
    return { setting, of, afterSeconds: Math.round(random() * (of === "begin" ? 60 : 20)) / 10 };
  });
}

/** Starts an up, cuts the node's power, and expects that the next up converges and destroy gives all back. */
export async function cutUp(cluster: TestCluster, lab: VmLab, moment: Moment, before: string): Promise<Cut> {
  const up = startPulumi(cluster, ["up", "--yes", "--skip-preview"]);
  await Promise.race([momentOf(moment, lab, up.said), up.ended]);
  await pause(moment.afterSeconds * 1000); // the moment itself
  await lab.cutPower();
  const { output } = await up.ended;
  const bootSeconds = await timed(() => lab.switchOn());
  const upSeconds = await timed(() => cluster.pulumi("up", "--yes", "--skip-preview"));
  const again = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
  expect(again).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  const destroySeconds = await timed(() => cluster.pulumi("destroy", "--yes", "--skip-preview"));
  const after = await labSnapshot("vm1", lab.stack);
  expect(unexcused(withoutVersions(before), withoutVersions(after), readExcuses(), new Set())).toEqual([]);
  const created = (output.match(/ created \(/g) ?? []).length;
  return { ...moment, created, bootSeconds, upSeconds, destroySeconds };
}

async function momentOf(
  { setting, of }: Moment,
  lab: VmLab,
  said: (pattern: RegExp) => Promise<void>,
): Promise<void> {
  if (of === "end") await said(new RegExp(`vm1-${setting} created`));
  else await lab.on("vm1", `until [ -e /var/lib/minirack/${setting}.json ]; do sleep 0.1; done`);
}

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
function withoutVersions(snapshot: string): string {
  return snapshot.replace(/^(\S+) \S+ ii $/gm, "$1");
}
