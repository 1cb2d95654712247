import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { unexcused } from "../support/labNodeExcuses.ts";
import { endTestCluster, freshTestCluster, nodeNames, type TestCluster } from "../support/testCluster.ts";
import { devStack, writeClusterFile } from "./devStack/clusterFile.ts";

const [stack, portBase, linkSubnet] = devStack.lab;

describe.sequential("the dev stack, where people have lived on a node", { tags: "matrix" }, () => {
  let cluster: TestCluster;
  const before = new Map<string, string>();

  beforeAll(async () => {
    await writeClusterFile();
    cluster = await freshTestCluster({ ...devStack, lab: [stack, portBase, linkSubnet, nodeNames, "mini2"] });
    for (const node of nodeNames) before.set(node, await snapshot(node));
  });
  afterAll(() => endTestCluster(cluster));

  test("comes up", async () => {
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatch(/\+ \d+ created/);
  });

  test("needs no change then", async () => {
    const output = await cluster.pulumi("up", "--yes", "--skip-preview", "--refresh");
    expect(output).toMatch(/Resources:\n {4}\d+ unchanged\n/);
  });

  test("goes, and every node is as before", async () => {
    await cluster.pulumi("destroy", "--yes", "--skip-preview");
    for (const node of nodeNames) {
      const left = unexcused(before.get(node) ?? "", await snapshot(node), [], new Set());
      expect({ node, left }).toEqual({ node, left: [] });
    }
  });
});

/** apt upgrades what a new package needs in a newer version; that stays, as nobody can want the older one back. */
async function snapshot(node: string): Promise<string> {
  return (await labSnapshot(node, stack)).replace(/^(\S+) \S+ ii $/gm, "$1");
}
