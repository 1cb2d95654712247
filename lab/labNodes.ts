import type { LabNode } from "./labFile.ts";

/**
 * The first `count` nodes of the file; more than it has are named mini4, mini5 … and are like its first node.
 * @param count MINIRACK_LAB_NODES, empty or undefined for the file's own number
 * @throws Error when `count` is no whole number from 1 to 99
 */
export function labNodes(nodes: LabNode[], count: string | undefined): LabNode[] {
  if (!count) return nodes;
  const wanted = Number(count);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 99) {
    throw new Error(`MINIRACK_LAB_NODES: expected a whole number from 1 to 99, found "${count}"`);
  }
  const extra = Array.from(
    { length: Math.max(0, wanted - nodes.length) },
    (_, index): LabNode => ({
      name: `mini${nodes.length + index + 1}`,
      debian: nodes[0]?.debian ?? 12,
      sudo: nodes[0]?.sudo ?? "withoutPassword",
      firstContact: nodes[0]?.firstContact ?? "key",
    }),
  );
  return [...nodes, ...extra].slice(0, wanted);
}
