import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { labReboot } from "../../../scripts/lab/labReboot.ts";
import { labSnapshot } from "../../../scripts/lab/labSnapshot.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import type { TestLab } from "../../support/testLab.ts";
import { type LinkKeeper, linkKeepers } from "./linkKeepers.ts";

/** Interfaces that others manage: NetworkManager, netplan, and ifupdown whose stanzas are for other interfaces. */
export function foreignNetwork(given: () => { lab: TestLab; settings: LabSettings }): void {
  const before = new Map<string, string[]>();
  const wanted = (node: string) => ({ eth1: given().lab.linkAddressOf(node) });
  const create = (node: string) => given().settings.create(node, "linkAddress", wanted(node));
  const read = async (node: string) =>
    (await given().settings.read(node, "linkAddress", wanted(node)))?.eth1 ?? "gone";
  /** What of the other interface and of name servers must never change. */
  const elsewhere = (node: string) =>
    given().lab.on(node, "ip route show default; ip -4 -o address show eth0; cat /etc/resolv.conf");
  /** Without what comes and goes by itself: our session, which NetworkManager's package makes visible, and its dispatcher. */
  const snapshot = async (node: string) => {
    const lines = (await labSnapshot(node, given().lab.stack)).split("\n");
    return lines.filter(
      (line) =>
        !/session-\d+\.scope|NetworkManager-dispatcher|user@|user-runtime-dir@|^\/run\/user\/|^vm\//.test(
          line,
        ),
    );
  };
  const onEach = (act: (keeper: LinkKeeper, node: string) => Promise<void>) =>
    Promise.all(Object.entries(linkKeepers).map(([node, keeper]) => act(keeper, node)));

  describe.sequential("a link whose interface somebody else manages", { tags: "matrix" }, () => {
    afterEach(() => closePool());

    test("gets its address from them, and nothing else changes", async () => {
      await onEach(async ({ prepare, keeps }, node) => {
        await given().lab.on(node, prepare);
        before.set(node, await snapshot(node));
        const others = await elsewhere(node);
        await create(node);
        expect(await read(node)).toBe(wanted(node).eth1);
        await given().lab.on(node, keeps);
        expect(await elsewhere(node)).toBe(others);
      });
      for (const peer of [wanted("mini1").eth1, wanted("mini2").eth1].map((one) => one.split("/")[0]))
        await given().lab.on("mini3", `ping -q -c 1 -W 5 ${peer}`);
    });

    test("is told when its address is changed by hand, and mended", async () => {
      await onEach(async ({ drift, told }, node) => {
        await given().lab.on(node, drift);
        expect(await read(node)).toBe(told(wanted(node).eth1));
        await create(node);
        expect(await read(node)).toBe(wanted(node).eth1);
      });
    });

    test("outlives a reboot", async () => {
      await onEach(async ({ keeps }, node) => {
        await labReboot(node, given().lab.stack);
        expect(await read(node)).toBe(wanted(node).eth1);
        await given().lab.on(node, keeps);
      });
    });

    test("is refused where somebody configured the interface, who is named", async () => {
      await onEach(async ({ foreign }, node) => {
        await given().lab.on(node, foreign.write);
        const content = await given().lab.on(node, `cat '${foreign.file}'`);
        expect(await read(node)).toBe(`${wanted(node).eth1} (also by ${foreign.file}:${foreign.line})`);
        expect((await failureOf(create(node))).message).toBe(
          `node ${node}: linkAddress: ` +
            `expected nobody else to configure eth1, got ${foreign.file}:${foreign.line} (${foreign.text}); ` +
            "take eth1 out there, or give it its address there and leave linkAddress out",
        );
        expect(await given().lab.on(node, `cat '${foreign.file}'`)).toBe(content);
        await given().lab.on(node, foreign.remove);
      });
    });

    test("goes back to what it was", async () => {
      await onEach(async (_keeper, node) => {
        await given().settings.delete(node, "linkAddress", wanted(node));
        expect(await snapshot(node)).toEqual(before.get(node));
      });
    });
  });
}
