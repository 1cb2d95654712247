import { features } from "../features/index.ts";
import type { ClusterRule } from "./clusterRule.ts";

const keys = ["linkAddress", "hooks", ...features.map(({ key }) => key)] as const;

/** What a node asks for itself must be settable on its system. */
export const settable: ClusterRule = {
  needsWhole: false,
  check({ nodes }, tell) {
    nodes.forEach((node, index) => {
      const { os = "linux" } = node;
      if (os === "linux") return;
      for (const key of keys.filter((one) => node[one] !== undefined))
        tell(
          ["nodes", index, key],
          `expected a key that can be set on ${os}, got ${key}, which comes later; remove it from this node`,
        );
    });
  },
};
