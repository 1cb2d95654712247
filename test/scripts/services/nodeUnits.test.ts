import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import type { OpenStack } from "../../../scripts/nodes/stackNodes.ts";
import { managedUnits } from "../../../scripts/services/managedUnits.ts";
import { isWhole, nodeUnits } from "../../../scripts/services/nodeUnits.ts";
import { unitTable } from "../../../scripts/services/unitTable.ts";
import { type ScriptedNode, says, scriptedNode } from "../../support/scriptedNode.ts";
import { specOf } from "../clusterCheck/factsOf.ts";

afterEach(() => closePool());

const services = (node: string, ...units: string[]) => ({
  urn: `urn:pulumi:dev::minirack::minirack:node:Services::${node}-services`,
  type: "minirack:node:Services",
  inputs: {
    node,
    services: Object.fromEntries(units.map((unit) => [unit, { isEnabled: true, isRunning: true }])),
  },
});

const running = says(
  "100.00 1.00\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nActiveEnterTimestampMonotonic=40000000\nMemoryCurrent=1048576\n@@names\n",
);

function stackOf(nodes: ScriptedNode[]): OpenStack {
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
      links: undefined,
    },
    resources: [services("mini1", "redis-server.service"), services("mini9", "other.service")],
    nodes: nodes.map((node) => {
      const target = node.target();
      return { spec: specOf(target.name), pinnedHostKey: undefined, target: async () => target };
    }),
  };
}

describe("the units of nodes", () => {
  test("are those that the state manages there", () => {
    expect(managedUnits([services("mini1", "a.service", "b.timer")], "mini1")).toEqual([
      "a.service",
      "b.timer",
    ]);
    expect(managedUnits([services("mini1", "a.service")], "mini2")).toEqual([]);
  });

  test("have a row each; a node without any and one that is down have one too", async () => {
    const named = (name: string) => scriptedNode({ name, react: () => running });
    const [one, idle, down] = [await named("mini1"), await named("mini2"), await named("mini3")];
    const stack = stackOf([one, idle]);
    const all = await nodeUnits(stack, [], []);
    expect(isWhole(all)).toBe(true);
    await down.stop();
    const both = [...all, ...(await nodeUnits(stackOf([down]), ["mini3"], ["ssh"]))];
    expect(isWhole(both)).toBe(false);
    expect(unitTable(both).split("\n")).toEqual([
      "NODE   UNIT                  ACTIVE            ENABLED  SINCE  MEMORY MiB",
      "mini1  redis-server.service  active (running)  enabled  1 min  1.0",
      "mini2  -                     -                 -        -      -",
      "mini3  -                     failed            -        -      -",
    ]);
    expect(both[2]?.error).toMatch(/^node mini3: connect: expected sshd at 127\.0\.0\.1:\d+, got /);
  });

  test("that were typed take the place of those that are managed", async () => {
    const node = await scriptedNode({ react: () => running });
    const [first] = await nodeUnits(stackOf([node]), ["mini1"], ["ssh"]);
    expect(first?.units.map(({ unit }) => unit)).toEqual(["ssh.service"]);
  });
});
