import type { ClusterRule } from "./clusterRule.ts";

/** A name that another node has or had would make one node's resources the other's. */
export const distinctNames: ClusterRule = {
  needsWhole: false,
  check({ nodes }, tell) {
    const owners = new Map<string, number>();
    nodes.forEach((node, index) => {
      for (const key of ["name", "formerName"] as const) {
        const value = node[key];
        if (value === undefined) continue;
        const owner = owners.get(value);
        if (owner === undefined) owners.set(value, index);
        else tell(["nodes", index, key], nameTaken(value, owner));
      }
    });
  },
};

function nameTaken(name: string, owner: number): string {
  return `expected a name of its own, got "${name}", which nodes[${owner}] has; rename one`;
}
