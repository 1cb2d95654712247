import type { OpenStack, StackNode } from "./stackNodes.ts";

/**
 * The nodes that were named; all of them where none was, or `all`.
 * @throws Error with the names that there are
 */
export function chooseNodes(
  { stack, nodes }: Pick<OpenStack, "stack" | "nodes">,
  names: string[],
): StackNode[] {
  if (names.length === 0 || names.includes("all")) return nodes;
  const unknown = names.filter((name) => !nodes.some(({ spec }) => spec.name === name));
  if (unknown.length === 0) return nodes.filter(({ spec }) => names.includes(spec.name));
  const known = nodes.map(({ spec }) => spec.name).join(", ");
  throw new Error(`stack ${stack}: expected a node (${known}), got ${unknown.join(", ")}; correct its name`);
}
