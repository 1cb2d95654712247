import type { z } from "zod";
import { type FileFeatures, features } from "./features/index.ts";

/** What these rules read of a node. */
interface RuledNode extends FileFeatures {
  name: string;
  formerName?: string | undefined;
  os: "linux" | "macos";
  linkAddress?: object | undefined;
  hooks?: object | undefined;
  without?: (keyof FileFeatures)[] | undefined;
}

/** A name that another node has or had would make one node's resources the other's. */
export function expectDistinctNames(nodes: RuledNode[], context: z.RefinementCtx): void {
  const owners = new Map<string, number>();
  nodes.forEach((node, index) => {
    for (const key of ["name", "formerName"] as const) {
      const value = node[key];
      if (value === undefined) continue;
      const owner = owners.get(value);
      if (owner === undefined) owners.set(value, index);
      else context.addIssue({ code: "custom", path: [index, key], message: nameTaken(value, owner) });
    }
  });
}

function nameTaken(name: string, owner: number): string {
  return `expected a name of its own, got "${name}", which nodes[${owner}] has; rename one`;
}

/** What a node asks for itself must be settable on its system. */
export function expectSettable(node: RuledNode, context: z.RefinementCtx): void {
  if (node.os === "linux") return;
  for (const key of ["linkAddress", "hooks", ...features.map((one) => one.key)] as const) {
    if (node[key] === undefined) continue;
    const message = `${key} is not settable on ${node.os} yet; remove it from this node`;
    context.addIssue({ code: "custom", path: [key], message });
  }
}

/** A key that stands nowhere above the nodes cannot be taken away: it is a slip. */
export function expectSharedKeys(
  { nodes, ...shared }: FileFeatures & { nodes: RuledNode[] },
  context: z.RefinementCtx,
): void {
  nodes.forEach(({ without = [] }, index) => {
    without.forEach((key, place) => {
      if (shared[key] !== undefined) return;
      const message = `expected a key that stands above nodes, got "${key}"; remove it`;
      context.addIssue({ code: "custom", path: ["nodes", index, "without", place], message });
    });
  });
}
