import type { ClusterRule } from "./clusterRule.ts";

/** A key that stands nowhere above the nodes cannot be taken away: it is a slip. */
export const withoutShared: ClusterRule = {
  needsWhole: true,
  check({ nodes, ...shared }, tell) {
    nodes.forEach(({ without = [] }, index) => {
      without.forEach((key, place) => {
        if (shared[key] !== undefined) return;
        const text = `expected a key that stands above nodes, got "${key}"; remove it`;
        tell(["nodes", index, "without", place], text);
      });
    });
  },
};
