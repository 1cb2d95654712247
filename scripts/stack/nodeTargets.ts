import { settings } from "../../provider/settings/index.ts";

/** Pulumi's commands that can be told to stay with one node. */
export const targetedCommands = ["up", "preview", "refresh", "destroy"] as const;
export type TargetedCommand = (typeof targetedCommands)[number];

/** Components and the cluster's key: nothing of a node can be made before them, and none of them touches a node. */
const shared = ["**minirack:index:*::*", "**minirack:cluster:Key::*"];

/**
 * The arguments that keep a command of Pulumi to some nodes. Patterns rather than URNs out of the state: a new node is not
 * there yet. `destroy` takes along what names the node elsewhere, as peers do.
 */
export function nodeTargets(command: TargetedCommand, nodes: readonly string[]): string[] {
  if (nodes.length === 0) return [];
  const isMade = command === "up" || command === "preview";
  const patterns = [...nodes.flatMap(patternsOf), ...(isMade ? shared : [])];
  const targets = patterns.flatMap((pattern) => ["--target", pattern]);
  return command === "destroy" ? [...targets, "--target-dependents"] : targets;
}

/** Exact but for purposes: `mini1-*` would be node mini1-b's as well. */
function patternsOf(node: string): string[] {
  const keys = settings.map(({ key }) => `${node}-${key}`);
  const names = [
    node,
    `${node}-python`,
    `${node}-hostKey`,
    `${node}-hook-*`,
    ...keys,
    ...keys.map((key) => `${key}-*`),
  ];
  return names.map((name) => `**::${name}`);
}
