import { linkEnd } from "../../config/linkEnd.ts";
import type { Pair, ReadyEnd } from "../../provider/links/linkEnds.ts";
import type { StackNode } from "../nodes/stackNodes.ts";

/** A node's end of the links, before it is known how the node is reached. */
export interface LinkedNode extends Omit<ReadyEnd, "target"> {
  node: StackNode;
}

/** The nodes that have a link address. */
export function linkedNodes(nodes: StackNode[]): LinkedNode[] {
  return nodes.flatMap((node) => {
    const end = linkEnd(node.spec);
    if (end === undefined) return [];
    const { address, interface: own } = end;
    return [{ node, name: node.spec.name, interface: own, address, mayBeWireless: isWifi(node) }];
  });
}

function isWifi({ spec }: StackNode): boolean {
  return spec.connectionType === "wifi";
}

/**
 * The pairs that were asked for.
 * @param chosen those of these nodes with one another, or of a single one with every other
 */
export function askedPairs(all: Pair[], chosen: string[]): Pair[] {
  const least = chosen.length === 1 ? 1 : 2;
  return all.filter((pair) => pair.filter((name) => chosen.includes(name)).length >= least);
}

/** The ends of these pairs that can be reached, and why others cannot. */
export async function reachedEnds(linked: LinkedNode[], pairs: Pair[]) {
  const names = new Set(pairs.flat());
  const ends = new Map<string, ReadyEnd>();
  const errors: string[] = [];
  const reach = async ({ node, ...end }: LinkedNode) => {
    try {
      ends.set(end.name, { ...end, target: await node.target() });
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  };
  await Promise.all(linked.filter(({ name }) => names.has(name)).map(reach));
  return { ends, errors };
}
