import { chooseNodes } from "../nodes/chooseNodes.ts";
import type { OpenStack } from "../nodes/stackNodes.ts";
import { managedUnits } from "./managedUnits.ts";
import { unitName } from "./unitName.ts";
import { type UnitStatus, unitStatuses } from "./unitStatus.ts";

/** A node's units, or why it could not be asked. */
export interface NodeUnits {
  node: string;
  units: UnitStatus[];
  error?: string;
}

/**
 * The units of nodes, all nodes at once.
 * @param typed units to show; those that minirack manages where none was typed
 */
export async function nodeUnits(stack: OpenStack, names: string[], typed: string[]): Promise<NodeUnits[]> {
  const given = typed.map(unitName);
  return await Promise.all(
    chooseNodes(stack, names).map(async (node) => {
      const name = node.spec.name;
      const wanted = given.length > 0 ? given : managedUnits(stack.resources, name);
      if (wanted.length === 0) return { node: name, units: [] };
      try {
        return { node: name, units: await unitStatuses(await node.target(), wanted) };
      } catch (error) {
        return { node: name, units: [], error: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/** Whether every node answered and knows every unit. */
export function isWhole(all: NodeUnits[]): boolean {
  return all.every(({ units, error }) => error === undefined && units.every(({ isKnown }) => isKnown));
}
