import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { type ComparedLinks, compareLinks } from "../../../scripts/measureLinks/compareLinks.ts";
import { linkTable } from "../../../scripts/measureLinks/linkTable.ts";
import type { OpenStack } from "../../../scripts/nodes/stackNodes.ts";
import { type LinkNode, linkNodes } from "../../support/linkNode.ts";
import { specOf } from "../clusterCheck/factsOf.ts";

afterEach(() => closePool());

const figure = { gbps: 9.4, roundTripMs: 0.3, interface: "eth1", way: "eth1 172.31.0.11 - eth1 172.31.0.12" };
const stored = {
  urn: "urn:pulumi:dev::minirack::minirack:cluster:Links::links-measured",
  type: "minirack:cluster:Links",
  inputs: {},
  outputs: { measured: { mini1: { mini2: figure } } },
};

/** A stack of these nodes whose state has a figure of mini1 and mini2. */
function stackOf(nodes: LinkNode[], minGbps?: number): OpenStack {
  const links = { ...(minGbps !== undefined && { minGbps }) };
  return {
    stack: "dev",
    file: "stacks/dev.yaml",
    cluster: {
      folder: ".",
      identityFile: "key",
      nodes: [],
      mpi: undefined,
      training: undefined,
      notebook: undefined,
      links,
    },
    resources: [stored],
    nodes: nodes.map((one) => ({
      spec: specOf(one.name, {}, `${one.address}/24`),
      pinnedHostKey: undefined,
      target: async () => one.target(),
    })),
  };
}

const verdicts = ({ pairs }: ComparedLinks) =>
  pairs.map(({ from, to, verdict }) => `${from} ${to} ${verdict}`);

describe("links now and at the last up", () => {
  test("are compared pair by pair", async () => {
    const compared = await compareLinks(stackOf(await linkNodes({ gbps: 4 }, {}, {})), []);
    expect(compared.errors).toEqual([]);
    expect(linkTable(compared.pairs)).toBe(
      [
        "PAIR           INTERFACE  Gb/s THEN  NOW  ROUND TRIP ms THEN  NOW  VERDICT",
        "mini1 - mini2  eth1       9.4        4    0.3                 0.2  slower",
        "mini1 - mini3  eth1       -          4    -                   0.2  new",
        "mini2 - mini3  eth1       -          9.4  -                   0.2  new",
      ].join("\n"),
    );
  });

  test("that are below what the cluster file wants have their figure all the same", async () => {
    const { pairs, errors } = await compareLinks(stackOf(await linkNodes({ gbps: 4 }, {}), 5), []);
    expect(errors).toEqual([]);
    expect(pairs).toMatchObject([{ gbps: 4, gbpsBefore: 9.4, verdict: "below 5 Gb/s" }]);
  });

  test("of one node are its pairs, of several those with one another", async () => {
    const stack = stackOf(await linkNodes({}, {}, {}));
    expect(verdicts(await compareLinks(stack, ["mini3"]))).toEqual(["mini1 mini3 new", "mini2 mini3 new"]);
    expect(verdicts(await compareLinks(stack, ["mini1", "mini3"]))).toEqual(["mini1 mini3 new"]);
  });

  test("that fail say why, beside the others", async () => {
    const nodes = await linkNodes({}, {}, { ways: { mini1: "eth0" } }, {});
    await nodes[3]?.node.stop();
    const compared = await compareLinks(stackOf(nodes), []);
    expect(verdicts(compared).filter((one) => !one.endsWith("failed"))).toEqual([
      "mini1 mini2 as before",
      "mini2 mini3 new",
    ]);
    expect(compared.errors.map((error) => error.split(", got")[0])).toEqual([
      "node mini3: link to mini1: expected traffic to 172.31.0.11 to leave by eth1",
      `node mini4: links: connect: expected sshd at 127.0.0.1:${nodes[3]?.node.port}`,
    ]);
  });
});
