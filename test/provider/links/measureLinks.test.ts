import { afterEach, describe, expect, test } from "vitest";
import type { Claims } from "../../../provider/links/figures.ts";
import { linkEndsSchema, pairsOf, readyEnds } from "../../../provider/links/linkEnds.ts";
import { measureLinks } from "../../../provider/links/measureLinks.ts";
import { closePool } from "../../../provider/transport/pool.ts";
import { type LinkNode, linkNodes } from "../../support/linkNode.ts";

afterEach(() => closePool());

/** Measures all pairs of these nodes. */
async function measured(nodes: LinkNode[], claims: Claims = {}, changes = {}) {
  const ends = readyEnds(
    linkEndsSchema.parse(Object.fromEntries(nodes.map((one) => [one.name, one.end(changes)]))),
  );
  const { figures, failures } = await measureLinks(ends, pairsOf(ends.keys()), claims);
  return { figures, errors: failures.map(({ error }) => error.message).sort() };
}

const figure = { gbps: 9.4, roundTripMs: 0.2, interface: "eth1" };

describe("measuring links", () => {
  test("gives throughput, round trip and interface of every pair", async () => {
    const { figures, errors } = await measured(await linkNodes({}, {}, {}));
    expect(errors).toEqual([]);
    expect(figures).toEqual({
      mini1: {
        mini2: { ...figure, way: "eth1 172.31.0.11 - eth1 172.31.0.12" },
        mini3: { ...figure, way: "eth1 172.31.0.11 - eth1 172.31.0.13" },
      },
      mini2: { mini3: { ...figure, way: "eth1 172.31.0.12 - eth1 172.31.0.13" } },
    });
  });

  test("measures both directions and tells the slower", async () => {
    const { figures } = await measured(await linkNodes({ gbps: 9.4 }, { gbps: 2.34567 }));
    expect(figures.mini1?.mini2?.gbps).toBe(2.35);
  });

  test("has a node in one measurement at a time, and different pairs at once", async () => {
    const busy = new Set<string>();
    const clashes: string[] = [];
    const waiting: (() => void)[] = [];
    const sending = (from: string) => async (to: string) => {
      for (const one of [from, to]) {
        if (busy.has(one)) clashes.push(one);
        busy.add(one);
      }
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const one of waiting.splice(0)) one(); // the other pair is at it as well
      });
      for (const one of [from, to]) busy.delete(one);
    };
    const behaviours = [11, 12, 13, 14].map((last) => ({ sending: sending(`172.31.0.${last}`) }));
    const nodes = await linkNodes(...behaviours);
    const { errors } = await measured(nodes);
    expect({ errors, clashes }).toEqual({ errors: [], clashes: [] });
    expect(nodes.map((one) => one.sent())).toEqual([3, 3, 3, 3]);
  });
});

describe("a link is refused by both its ends' names", () => {
  test("when it is slow", async () => {
    const { figures, errors } = await measured(await linkNodes({ gbps: 1.2 }, {}, {}), { minGbps: 5 });
    expect(errors).toEqual([
      "node mini1: link to mini2: expected at least 5 Gb/s over eth1, got 1.2 Gb/s; look at the cable and at the speed that both ends agreed on (ethtool eth1), or lower links.minGbps",
      "node mini1: link to mini3: expected at least 5 Gb/s over eth1, got 1.2 Gb/s; look at the cable and at the speed that both ends agreed on (ethtool eth1), or lower links.minGbps",
    ]);
    expect(Object.keys(figures)).toEqual(["mini2"]);
  });

  test("when it is slow on the way back", async () => {
    const { errors } = await measured(await linkNodes({}, { gbps: 0.94 }), { minGbps: 5 });
    expect(errors[0]).toMatch(
      /^node mini2: link to mini1: expected at least 5 Gb\/s over eth1, got 0.94 Gb\/s;/,
    );
  });

  test("when traffic leaves by another interface", async () => {
    const { errors } = await measured(await linkNodes({}, { ways: { mini1: "eth0" } }));
    expect(errors).toEqual([
      "node mini2: link to mini1: expected traffic to 172.31.0.11 to leave by eth1, got eth0; look at `ip route get 172.31.0.11` there and at the addresses of both ends, then run pulumi up --refresh",
    ]);
  });

  test("when traffic leaves by Wi-Fi", async () => {
    const nodes = await linkNodes({ ways: { mini2: "wlan0" }, wireless: ["wlan0"] }, {});
    expect((await measured(nodes)).errors).toEqual([
      "node mini1: link to mini2: expected traffic to 172.31.0.12 to leave by eth1, got wlan0, which is wireless; look at `ip route get 172.31.0.12` there and at the addresses of both ends, then run pulumi up --refresh",
    ]);
    expect(nodes.map((one) => one.sent())).toEqual([0, 0]);
  });

  test("when no way leads there", async () => {
    const { errors } = await measured(await linkNodes({ ways: { mini2: undefined } }, {}));
    expect(errors[0]).toMatch(/ to leave by eth1, got no way there;/);
  });

  test("when the link itself is wireless and nobody said so", async () => {
    const nodes = await linkNodes({ wireless: ["eth1"] }, {});
    expect((await measured(nodes)).errors).toEqual([
      "node mini1: link to mini2: expected a cable at eth1, got a wireless interface; give linkAddress the interface of a cable, or say connectionType: wifi of the node if Wi-Fi is meant",
    ]);
    const declared = await measured(nodes, {}, { mayBeWireless: true });
    expect(declared.errors).toEqual([]);
    expect(declared.figures.mini1?.mini2?.way).toBe("eth1 172.31.0.11 Wi-Fi - eth1 172.31.0.12 Wi-Fi");
    const slow = await measured(nodes, { minGbps: 10 }, { mayBeWireless: true });
    expect(slow.errors[0]).toMatch(/at least 10 Gb\/s over eth1, got 9.4 Gb\/s by Wi-Fi;/);
  });

  test("when the other end does not answer", async () => {
    const { errors } = await measured(await linkNodes({ silent: ["172.31.0.12"] }, {}));
    expect(errors).toEqual([
      "node mini1: link to mini2: expected an answer from 172.31.0.12 over eth1, got none; look at the cable, at the addresses of both ends and at firewalls that drop ping",
    ]);
  });

  test("when iperf3 is not there, or a firewall is", async () => {
    const remedy =
      "see that iperf3 is on both nodes (`links:` in the cluster file brings it) and that no firewall keeps ports 5201 to 5209 shut on the link";
    const listenFails = "timeout: failed to run command 'iperf3': No such file or directory";
    expect((await measured(await linkNodes({}, { listenFails }))).errors).toEqual([
      `node mini1: link to mini2: expected a second of traffic to 172.31.0.12 over eth1, got ${listenFails}; ${remedy}`,
    ]);
    const sendFails = "unable to connect to server: Connection timed out";
    expect((await measured(await linkNodes({ sendFails }, {}))).errors).toEqual([
      `node mini1: link to mini2: expected a second of traffic to 172.31.0.12 over eth1, got ${sendFails}; ${remedy}`,
    ]);
  });
});

test("a node that is down is named once, and the others are measured all the same", async () => {
  const nodes = await linkNodes({}, {}, {}, {});
  const [, , , down] = nodes;
  await down?.node.stop();
  const { figures, errors } = await measured(nodes);
  expect(errors).toEqual([
    `node mini4: links: connect: expected sshd at 127.0.0.1:${down?.node.port}, got connect ECONNREFUSED 127.0.0.1:${down?.node.port}; start the node or correct its host and port, then run the command again: it measures what is missing`,
  ]);
  expect(figures).toMatchObject({ mini1: { mini2: figure, mini3: figure }, mini2: { mini3: figure } });
  expect(JSON.stringify(figures)).not.toContain("mini4");
});

test("a connection that is cut is opened again", async () => {
  let isCut = false;
  const [one, other] = await linkNodes({}, {});
  if (one === undefined || other === undefined) throw new Error("expected two nodes");
  one.behaviour.sending = async () => {
    if (isCut) return;
    isCut = true;
    one.node.cut();
  };
  const { errors } = await measured([one, other]);
  expect({ errors, isCut }).toEqual({ errors: [], isCut: true });
});
