import type { ClusterRule } from "./clusterRule.ts";

/** Two nodes at one address would be one computer, provisioned twice. */
export const distinctAddresses: ClusterRule = {
  needsWhole: false,
  check({ nodes }, tell) {
    const owners = new Map<string, number>();
    nodes.forEach(({ host, port = 22 }, index) => {
      if (host === undefined) return;
      const address = `${host.toLowerCase()}:${port}`;
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, index);
      else tell(["nodes", index, "host"], addressTaken(host, port, owner));
    });
  },
};

function addressTaken(host: string, port: number, owner: number): string {
  return `expected an address of its own, got "${host}" with port ${port}, which nodes[${owner}] has; correct one`;
}
