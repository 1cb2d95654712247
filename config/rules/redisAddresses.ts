import type { ClusterRule, SoundNode } from "./clusterRule.ts";

/** A Redis that listens at another node's address does not start. */
export const redisAddresses: ClusterRule = {
  needsWhole: false,
  check({ nodes }, tell) {
    nodes.forEach(({ redis }, index) => {
      redis?.bind.forEach((address, place) => {
        const own = addressesOf(nodes[index]).includes(address);
        const owner = nodes.find((node) => addressesOf(node).includes(address));
        if (own || owner === undefined) return;
        const text = `expected an address of this node, got "${address}", which ${owner.name} has; correct it`;
        tell(["nodes", index, "redis", "bind", place], text);
      });
    });
  },
};

function addressesOf({ host, linkAddress = {} }: SoundNode = {}): string[] {
  const links = Object.values(linkAddress).map((one) => one.split("/")[0] ?? "");
  return host === undefined || host.startsWith("127.") ? links : [host, ...links];
}
