import type { ClusterNode } from "../../../config/cluster.ts";
import type { NodeFacts } from "../../../scripts/clusterCheck/nodeFacts.ts";

/** A healthy node's facts, but for what is given. */
export function factsOf(given: Partial<NodeFacts> = {}): NodeFacts {
  return {
    system: "Debian GNU/Linux 12 (bookworm)",
    family: ["debian"],
    architecture: "x86_64",
    processor: "Intel N100",
    cores: 4,
    memoryGb: 15.5,
    diskGb: 100,
    diskFreeGb: 50,
    uptimeSeconds: 90,
    clock: 1_800_000_000,
    rebootReason: undefined,
    hasApt: true,
    addresses: [{ interface: "eth1", address: "172.31.0.11" }],
    engine: undefined,
    mostOpenFiles: 1_048_576,
    swapGb: 0,
    failedUnits: [],
    records: [],
    greeting: undefined,
    peers: {},
    ...given,
  };
}

/** A node of a cluster file, with a link where it has an address. */
export function specOf(name: string, given: Partial<ClusterNode> = {}, linkAddress?: string): ClusterNode {
  return {
    ...{ name, host: "10.0.0.1", port: 22, user: "rack", os: "linux", role: "trainer" },
    hooks: { afterUp: {} },
    data: {},
    settings: linkAddress === undefined ? {} : { linkAddress: { eth1: linkAddress } },
    ...given,
  };
}
