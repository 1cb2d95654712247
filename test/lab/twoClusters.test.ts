import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { knownStackId } from "../../provider/stackIdentity.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { failureOf } from "../support/failureOf.ts";
import { clusterOn, endStack, type TestCluster } from "../support/testCluster.ts";
import { nodeNames, type TestLab, testLab } from "../support/testLab.ts";

const quick = ["--yes", "--skip-preview"];
const unchanged = /Resources:\n {4}\d+ unchanged\n/;

describe.sequential("two clusters on one shelf", { tags: "matrix" }, () => {
  let lab: TestLab;
  let shelf: TestCluster;
  let desk: TestCluster;
  let greedy: TestCluster;
  const before = new Map<string, string>();

  /** Declares a cluster of these nodes, with a package and a file on each. */
  async function clusterOf(stack: string, ...names: string[]): Promise<TestCluster> {
    const nodes = names.map((name) => ({
      name,
      host: "127.0.0.1",
      port: lab.portOf(name),
      linkAddress: { eth1: lab.linkAddressOf(name) },
      sudoPassword: { file: "../labw/password" },
      firstContact: { password: { file: "../labw/password" } },
    }));
    const clusterFile = `.minirack/test/${stack}-cluster.yaml`;
    const file = { "/etc/motd": { content: `A node of ${stack}.\n` } };
    const cluster = { user: "rack", packages: ["jq"], files: file, nodes };
    await writeFile(join(root, clusterFile), stringify(cluster, { aliasDuplicateObjects: false }));
    return await clusterOn(lab, { stack, clusterFile });
  }

  beforeAll(async () => {
    lab = await testLab("labw", 2400, "172.31.10.0/24");
    await lab.up();
    for (const node of nodeNames) before.set(node, await labSnapshot(node, lab.stack));
    shelf = await clusterOf("devshelf", "mini2", "mini3");
    desk = await clusterOf("devdesk", "mini1");
    greedy = await clusterOf("devgreedy", "mini1", "mini2");
  });
  afterAll(async () => {
    for (const cluster of [shelf, desk, greedy]) await endStack(cluster);
    await lab.down();
  });

  test("are made side by side, each with a key of its own", async () => {
    await Promise.all([shelf, desk].map((cluster) => cluster.pulumi("up", ...quick)));
    const keys = await lab.on("mini1", "cat /home/rack/.ssh/authorized_keys");
    expect(keys).toContain("minirack-devdesk");
    expect(keys).not.toContain("minirack-devshelf");
  });

  test("and a third that claims a node of either is refused, by the owner's name", async () => {
    const { message } = await failureOf(greedy.pulumi("up", ...quick));
    const id = (stack: string) => `minirack/${stack} (id ${knownStackId(stack)})`;
    for (const [node, owner = ""] of [
      ["mini1", "devdesk"],
      ["mini2", "devshelf"],
    ])
      expect(message).toContain(
        `node ${node}: sshAccess: expected to be managed by stack ${id("devgreedy")} alone, got the record of stack ${id(owner)}; destroy it there first`,
      );
    await greedy.pulumi("destroy", ...quick);
    for (const cluster of [shelf, desk])
      expect(await cluster.pulumi("preview", "--refresh")).toMatch(unchanged);
  });

  test("and destroy of one leaves the other's nodes alone", async () => {
    await shelf.pulumi("destroy", ...quick);
    for (const node of ["mini2", "mini3"]) expect(await labSnapshot(node, lab.stack)).toBe(before.get(node));
    expect(await desk.pulumi("preview", "--refresh")).toMatch(unchanged);
    expect(await lab.on("mini1", "cat /etc/motd")).toBe("A node of devdesk.");
    await desk.pulumi("destroy", ...quick);
    expect(await labSnapshot("mini1", lab.stack)).toBe(before.get("mini1"));
  });
});
