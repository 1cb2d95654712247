import { afterEach, describe, expect, test, vi } from "vitest";
import { figuresSchema } from "../../provider/links/figures.ts";
import { links } from "../../provider/links.ts";
import type { Properties } from "../../provider/resource.ts";
import { PartlyDone } from "../../provider/server/partlyDone.ts";
import { closePool } from "../../provider/transport/pool.ts";
import { failureOf } from "../support/failureOf.ts";
import { type LinkBehaviour, type LinkNode, linkNodes } from "../support/linkNode.ts";

afterEach(() => closePool());
afterEach(() => vi.restoreAllMocks());

const identity = { stack: "minirack/dev", name: "links-measured" };

/** Inputs as they come out of `check`. */
function inputsOf(
  nodes: LinkNode[],
  more: Properties = {},
  changes: Record<string, Properties> = {},
): Properties {
  const ends = Object.fromEntries(nodes.map((one) => [one.name, one.end(changes[one.name])]));
  const { inputs, failures } = links.check({ ends, ...more });
  expect(failures).toEqual([]);
  return inputs;
}

/** Nodes whose links were measured, and how to change and read them. */
async function measuredLinks(...behaviours: LinkBehaviour[]) {
  const nodes = await linkNodes(...behaviours);
  const inputs = inputsOf(nodes);
  const { id, state } = await links.create(inputs, identity);
  const sent = () => nodes.reduce((sum, one) => sum + one.sent(), 0);
  const atFirst = sent();
  const [one, other] = nodes;
  if (one === undefined || other === undefined) throw new Error("expected two nodes at least");
  return {
    ...{ nodes, one, other, inputs, state },
    /** Seconds of traffic since then. */
    sent: () => sent() - atFirst,
    update: (to: Properties, now = state) => links.update(id, { from: inputs, to, state: now }, identity),
    read: (now = state) => links.read(id, inputs, now, identity),
  };
}

const pairsIn = (state: Properties | undefined) =>
  Object.entries(figuresSchema.parse(state?.measured)).flatMap(([from, others]) =>
    Object.keys(others).map((to) => `${from} ${to}`),
  );

describe("links that are made", () => {
  test("have a figure for each pair, and the route that each end must take", async () => {
    const { state, inputs } = await measuredLinks({}, {}, {});
    expect(pairsIn(state).sort()).toEqual(["mini1 mini2", "mini1 mini3", "mini2 mini3"]);
    expect(inputs.routes).toEqual({
      mini1: { mini2: "eth1", mini3: "eth1" },
      mini2: { mini1: "eth1", mini3: "eth1" },
      mini3: { mini1: "eth1", mini2: "eth1" },
    });
  });

  test("keep what was measured where a pair fails; only what is missing is measured again", async () => {
    const nodes = await linkNodes({}, {}, { gbps: 0.9 });
    const inputs = inputsOf(nodes, { minGbps: 5 });
    const error = await failureOf(links.create(inputs, identity));
    if (!(error instanceof PartlyDone)) throw error;
    expect(pairsIn(error.state)).toEqual(["mini1 mini2"]);
    expect(error.reasons.map((reason) => reason.split(":").slice(0, 2).join())).toEqual([
      "node mini3, link to mini1",
      "node mini3, link to mini2",
    ]);
    const before = nodes.map((one) => one.sent());
    for (const one of nodes) one.behaviour.gbps = 9.4;
    const state = await links.update(error.id, { from: inputs, to: inputs, state: error.state }, identity);
    expect(pairsIn(state)).toHaveLength(3);
    expect(nodes.map((one, index) => one.sent() - (before[index] ?? 0))).toEqual([1, 1, 2]);
  });

  test("leave out a node that was not made ready", async () => {
    const nodes = await linkNodes({}, {}, {});
    const [, , third] = nodes;
    const { hostKey: _, ...connection } = Object(third?.end().connection);
    const { state } = await links.create(inputsOf(nodes, {}, { mini3: { connection } }), identity);
    expect(pairsIn(state)).toEqual(["mini1 mini2"]);
    expect(third?.node.asked).toEqual([]);
  });
});

describe("links that are changed", () => {
  test("are not measured for another way to reach a node", async () => {
    const { nodes, update, sent } = await measuredLinks({}, {}, {});
    const moved = { ...Object(nodes[0]?.end().connection), host: "localhost" };
    const state = await update(inputsOf(nodes, {}, { mini1: { connection: moved } }));
    expect([sent(), pairsIn(state).length]).toEqual([0, 3]);
  });

  test("are measured where an address or an interface is another", async () => {
    const { nodes, update, sent } = await measuredLinks({ ways: {} }, {}, {});
    const state = await update(inputsOf(nodes, {}, { mini3: { address: "172.31.0.99" } }));
    expect([sent(), pairsIn(state).length]).toEqual([4, 3]);
    for (const one of nodes) one.behaviour.ways = { mini1: "eth1", mini2: "eth1", mini3: "eth1" };
    const third = nodes[2];
    if (third !== undefined) third.behaviour.ways = { mini1: "eth2", mini2: "eth2" };
    await update(inputsOf(nodes, {}, { mini3: { interface: "eth2" } }));
    expect(sent()).toBe(8);
  });

  test("are all measured for another trigger", async () => {
    const { nodes, update, sent } = await measuredLinks({}, {}, {});
    await update(inputsOf(nodes, { trigger: "new cables" }));
    expect(sent()).toBe(6);
  });

  test("are measured with a new node alone, and forget one that is gone", async () => {
    const { nodes, update, sent } = await measuredLinks({}, {});
    const added = await linkNodes({}, {}, {});
    const all = [...nodes, ...added.slice(2)];
    const state = await update(inputsOf(all));
    expect([sent(), added[2]?.sent(), pairsIn(state).length]).toEqual([2, 2, 3]);
    expect(pairsIn(await update(inputsOf(nodes), state))).toEqual(["mini1 mini2"]);
    expect(sent()).toBe(2);
  });

  test("are measured where what is wanted at least is more than they had", async () => {
    const { nodes, update, sent } = await measuredLinks({}, {}, { gbps: 3 });
    await failureOf(update(inputsOf(nodes, { minGbps: 5 })));
    expect(sent()).toBe(4);
    await update(inputsOf(nodes, { minGbps: 2 }));
    expect(sent()).toBe(4);
  });
});

describe("links that are read", () => {
  test("are not measured: another throughput is no drift", async () => {
    const { read, nodes, inputs, state, sent } = await measuredLinks({}, {}, {});
    for (const one of nodes) one.behaviour.gbps = 1;
    expect(await read()).toEqual({ id: "links", inputs, state });
    expect([sent(), ...nodes.map((one) => one.node.connections)]).toEqual([0, 1, 1, 1]);
  });

  test("show a route that leads elsewhere, and lose that pair's figure", async () => {
    const { read, update, inputs, one, sent } = await measuredLinks({}, {}, {});
    one.behaviour.ways = { mini3: "eth0" };
    const now = await read();
    expect(now?.inputs.routes).toEqual({ ...Object(inputs.routes), mini1: { mini2: "eth1", mini3: "eth0" } });
    expect(pairsIn(now?.state)).toEqual(["mini1 mini2", "mini2 mini3"]);
    one.behaviour.ways = {};
    expect(pairsIn(await update(inputs, now?.state))).toHaveLength(3);
    expect(sent()).toBe(2);
  });

  test("miss the routes between nodes that do not answer each other", async () => {
    const { read, one } = await measuredLinks({}, {}, {});
    one.behaviour.silent = ["mini2"];
    const routes = {
      mini1: { mini3: "eth1" },
      mini2: { mini3: "eth1" },
      mini3: { mini1: "eth1", mini2: "eth1" },
    };
    expect((await read())?.inputs.routes).toEqual(routes);
  });

  test("say nothing of a node that is down, but that it was not looked at", async () => {
    const { read, inputs, state, other, one } = await measuredLinks({}, {});
    one.behaviour.silent = ["mini2"];
    await other.node.stop();
    const warned = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await read()).toEqual({ id: "links", inputs, state });
    expect(warned.mock.calls).toEqual([
      ["node mini2: links: expected to look at them, got no connection; they are told as they were"],
    ]);
  });

  test("cannot be imported, and say so", async () => {
    expect((await failureOf(links.read("links", undefined, {}, identity))).message).toBe(
      "expected links to be measured by pulumi up, got an import; leave it out: links have nothing to import",
    );
  });
});

test("links that are deleted ask no node", async () => {
  const { inputs, nodes } = await measuredLinks({}, {});
  const before = nodes.map((one) => one.node.asked.length);
  await links.delete("links", inputs, identity);
  expect(nodes.map((one) => one.node.asked.length)).toEqual(before);
});
