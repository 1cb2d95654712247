import { relative } from "node:path";
import type { LaunchPlan } from "./planLaunch.ts";

/** What a dry run shows: where, what, and where the results would go. */
export function dryRunLines(plan: LaunchPlan, root: string, isFinished: boolean): string[] {
  const [first, ...others] = plan.training.nodes;
  if (first === undefined) return [];
  const { user, host, port } = first.connection;
  const state = isFinished ? "there already: only --force would run it" : "new";
  return [
    `run ${plan.run} (key ${plan.key}), ${state}`,
    `rank 0 on ${first.name}, ${first.linkAddress} on ${first.interface}`,
    ...others.map(
      (node, index) => `rank ${index + 1} on ${node.name}, ${node.linkAddress} on ${node.interface}`,
    ),
    `results would go to ${relative(root, plan.results)}/${plan.run}/, with the time in its name where that is taken`,
    `in the background on ${first.name} (${user}@${host}, port ${port}):`,
    ...plan.script
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`),
  ];
}
