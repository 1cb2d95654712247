import { nearestNames } from "../nearestNames.ts";
import type { SoundNode } from "./clusterRule.ts";

/** What is wrong with a name that no node has. */
export function unknownName(name: string, nodes: SoundNode[]): string {
  const names = nodes.flatMap((one) => one.name ?? []);
  const [nearest] = nearestNames(name, names, 1);
  return `expected a node's name, got "${name}"; ${nearest ? `write ${nearest}` : "correct it"}`;
}

/** What is wrong with a name that stands before this place already. */
export function repeatedName(names: string[], index: number): string | undefined {
  const name = names[index];
  if (name === undefined || names.indexOf(name) === index) return undefined;
  return `expected each node once, got "${name}" twice; remove one`;
}
