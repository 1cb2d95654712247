import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Properties } from "../../../provider/resource.ts";
import { settings } from "../../../provider/settings/index.ts";
import { closePool } from "../../../provider/transport/pool.ts";
import { labReboot } from "../../../scripts/lab/labReboot.ts";
import { labSnapshot } from "../../../scripts/lab/labSnapshot.ts";
import { type Excuse, readExcuses, unexcused } from "../../support/labNodeExcuses.ts";
import { countedOn } from "../../support/labNodeLog.ts";
import { type Kept, type LabNodeProvider, labNodeProvider } from "../../support/labNodeProvider.ts";
import { nodeNames, type TestLab, testLab } from "../../support/testLab.ts";
import { writeClusterFile } from "./clusterFile.ts";
import { cycleLab } from "./cycleLab.ts";
import { drifts, isOn } from "./labCases.ts";
import { type ProgramNode, peersOf, programNodes } from "./program.ts";
import { stagesOf } from "./stages.ts";

const [stack] = cycleLab;
/** Resources in the order of the program: access, then what needs nothing else, then what needs that, … */
const stages = stagesOf(settings);

/** Otherwise what a package needs may be upgraded along with it, which nobody can take back. */
const upToDate = "export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -q -y upgrade";

/**
 * Every setting on a node of each kind, from its making to its removal.
 * @param odd a node that people have lived on
 */
export function settingCycle(title: string, odd?: string): void {
  describe.sequential(title, odd === undefined ? {} : { tags: "matrix" }, () => cycle(odd));
}

function cycle(odd: string | undefined): void {
  let lab: TestLab;
  let provider: LabNodeProvider;
  let nodes: ProgramNode[];
  const before = new Map<string, string>();
  const kept = new Map<string, Kept>();

  /** Does one thing for each resource of each node, at once. */
  const forAll = async (
    names: string[],
    act: (node: ProgramNode, name: string, id: string) => Promise<void>,
  ) =>
    void (await Promise.all(
      nodes.flatMap((node) => {
        const own = names.filter((name) => isOn(node.name, name));
        return own.map((name) => act(node, name, `${node.name}/${name}`));
      }),
    ));
  const all = stages.flat();
  const wantedOf = (node: ProgramNode, name: string): Properties => node.wanted.get(name) ?? {};
  const keptOf = (id: string): Kept => {
    const found = kept.get(id);
    if (found === undefined) throw new Error(`expected ${id} to have been created, got nothing`);
    return found;
  };
  const access = () => new Map(nodes.map((one) => [one.name, keptOf(`${one.name}/sshAccess`)]));
  /** Resource → what differs from what is wanted, where anything does. */
  const differences = async (look: (id: string) => Promise<Kept | undefined>) => {
    const found = new Map<string, string[]>();
    await forAll(all, async (node, name, id) => {
      const now = await look(id);
      const diff = now === undefined ? ["gone"] : await provider.diff(now, wantedOf(node, name));
      if (diff.length > 0) found.set(id, diff);
      if (now !== undefined) kept.set(id, now);
    });
    return Object.fromEntries(found);
  };
  const refresh = () => differences((id) => provider.read(keptOf(id)));

  beforeAll(async () => {
    lab = await testLab(...cycleLab, nodeNames, odd);
    await lab.up();
    if (odd !== undefined) await labReboot(odd, stack); // what people have changed there is in force
    const file = await writeClusterFile(lab);
    provider = await labNodeProvider(stack, file);
    nodes = await programNodes(file, stack);
    await Promise.all(nodeNames.map((node) => lab.on(node, upToDate)));
    await lab.on("mini1", "rm -r /var/lib/apt/lists/*"); // as on a node that never updated
    await Promise.all(nodeNames.map(async (node) => before.set(node, await labSnapshot(node, stack))));
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  test("there is a drift for every setting", () => {
    expect(settings.map(({ key }) => key).filter((key) => !(key in drifts))).toEqual([]);
    expect(Object.keys(drifts).sort()).toEqual([...all].sort());
  });

  test("is created", async () => {
    for (const stage of stages) {
      await forAll(stage, async (node, name, id) => {
        if (name === "peers") node.wanted.set(name, peersOf(node, nodes, access()));
        const made = await provider.create(name.split("/")[0] ?? "", wantedOf(node, name));
        expect(made.id).toBe(id);
        kept.set(id, made);
      });
    }
  });

  test("reads as it was made", async () => {
    expect(await refresh()).toEqual({});
  });

  test("tells exactly what was changed by hand", async () => {
    const expected = new Map<string, string[]>();
    for (const { name: node } of nodes) {
      const peer = nodeNames.find((one) => one !== node) ?? "";
      const own = Object.entries(drifts).filter(([name]) => isOn(node, name));
      const scripts = own.map(([name, { script, told }]) => {
        expected.set(`${node}/${name}`, [told.replace("$peer", peer)]);
        return `( ${script} )`;
      });
      await lab.on(node, [`peer=${peer}`, ...scripts].join("\n"));
    }
    expect(await refresh()).toEqual(Object.fromEntries(expected));
  });

  test("is repaired by an update", async () => {
    for (const stage of stages) {
      await forAll(stage, async (node, name, id) => {
        kept.set(id, await provider.update(keptOf(id), wantedOf(node, name)));
      });
    }
    expect(await refresh()).toEqual({});
  });

  test("outlives a reboot", async () => {
    await Promise.all(nodeNames.map((node) => labReboot(node, stack)));
    await closePool();
    expect(await refresh()).toEqual({});
  });

  test("takes one connection, one script of a node for all its reads, two for a change, a third where an entry goes back", async () => {
    await closePool();
    const name = "files/notes";
    const changes = async (node: ProgramNode, _name: string, id: string) => {
      const emptied = await provider.update(keptOf(id), { ...wantedOf(node, name), files: {} });
      await provider.delete(emptied);
      kept.set(id, await provider.create("files", wantedOf(node, name)));
    };
    const counts = await countedOn(lab, nodeNames, async () => {
      await refresh();
      await forAll([name], changes);
    });
    expect(counts).toEqual(nodeNames.map(() => ({ logins: 1, scripts: 1 + 3 * 2 + 1 })));
  });

  test("is imported from its id alone as the program has it", async () => {
    expect(await differences((id) => provider.import(id.split("/")[1] ?? "", id))).toEqual({});
  });

  test("is dropped from the cluster file in the program's order, what others need first", async () => {
    for (const stage of stages.slice(1)) {
      await forAll(stage, async ({ name: node }, name, id) => {
        if (node !== "mini3") return;
        const key = name.split("/")[0] ?? "";
        kept.set(id, await provider.update(keptOf(id), { ...keptOf(id).inputs, [key]: {} }));
      });
    }
  });

  test("is taken back: the node is as before, but for what the excuses name", async () => {
    for (const stage of stages.toReversed()) {
      await forAll(stage, (_node, _name, id) => provider.delete(keptOf(id)));
    }
    const [excuses, used] = [readExcuses(), new Set<Excuse>()];
    await closePool();
    for (const node of nodeNames) {
      const left = unexcused(before.get(node) ?? "", await labSnapshot(node, stack), excuses, used);
      expect({ node, left }).toEqual({ node, left: [] });
    }
    expect(excuses.filter((one) => !used.has(one))).toEqual([]);
  });
}
