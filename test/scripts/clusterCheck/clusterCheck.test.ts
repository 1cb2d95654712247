import { afterEach, describe, expect, test } from "vitest";
import type { Target } from "../../../provider/transport/connect.ts";
import { closePool } from "../../../provider/transport/pool.ts";
import { checkJson } from "../../../scripts/clusterCheck/checkJson.ts";
import { checkTables } from "../../../scripts/clusterCheck/checkTables.ts";
import { type ClusterCheck, clusterCheck } from "../../../scripts/clusterCheck/clusterCheck.ts";
import type { StackNode } from "../../../scripts/nodes/stackNodes.ts";
import { nodeSandbox } from "../../support/nodeSandbox.ts";
import { hasLinuxShell } from "../../support/realShell.ts";
import { scriptedNode } from "../../support/scriptedNode.ts";
import { specOf } from "./factsOf.ts";

afterEach(() => closePool());

function stackNode(target: Target, linkAddress?: string): StackNode {
  const { host, port } = target.connection;
  return {
    spec: specOf(target.name, { host, port }, linkAddress),
    pinnedHostKey: target.connection.hostKey,
    target: async () => target,
  };
}

const check = (...nodes: StackNode[]): Promise<ClusterCheck> =>
  clusterCheck({ stack: "dev", file: "stacks/dev.yaml", nodes });

/** A node where scripts are real. */
async function realNode(name: string, sudoPassword?: string) {
  const sandbox = nodeSandbox({ sudoPassword });
  return await scriptedNode({ name, react: ({ command, stdin }) => sandbox.run(command, stdin) });
}

/** Facts of this computer (its disk, its links) are none of these tests' business. */
const subjects = ({ findings }: ClusterCheck, node: string) =>
  findings.filter((one) => one.node === node && !["disk", "system", "apt", "reboot"].includes(one.subject));

describe.runIf(hasLinuxShell)("checking a cluster", () => {
  test("asks a node once, over one connection", async () => {
    const node = await realNode("mini1");
    const result = await check(stackNode(node.target()));
    expect(subjects(result, "mini1")).toEqual([]);
    expect(result.totalMemoryGb).toBe(result.checks[0]?.facts?.memoryGb);
    expect([node.connections, node.scripts.length]).toEqual([1, 1]);
  });

  test("has a row and a finding for a node that is down, and goes on with the others", async () => {
    const [up, down] = [await realNode("mini1"), await realNode("mini2")];
    await down.stop();
    const result = await check(stackNode(up.target()), stackNode(down.target()));
    expect(result.checks.map(({ facts }) => facts !== undefined)).toEqual([true, false]);
    expect(subjects(result, "mini2")).toEqual([
      {
        node: "mini2",
        subject: "connect",
        found: `expected sshd at 127.0.0.1:${down.port}, got connect ECONNREFUSED 127.0.0.1:${down.port}`,
        remedy: "start the node or correct its host and port; to go on without it: --exclude '**::mini2-*'",
      },
    ]);
    expect(checkTables(result)).toMatch(/^mini2 +rack@127\.0\.0\.1:\d+ +no answer /m);
    expect(checkJson(result).nodes.map(({ name, isAnswering }) => [name, isAnswering])).toEqual([
      ["mini1", true],
      ["mini2", false],
    ]);
  });

  test("tells that sudo is missing, and the node's facts all the same", async () => {
    const node = await realNode("mini1", "open sesame");
    const result = await check(stackNode(node.target()));
    expect(result.checks[0]?.facts?.cores).toBeGreaterThan(0);
    expect(subjects(result, "mini1")).toEqual([
      {
        node: "mini1",
        subject: "sudo",
        found: "expected user rack to use sudo without a password, got sudo: a password is required",
        remedy: "give the node a sudoPassword in the cluster file",
      },
    ]);
  });

  test("tells a changed host key and asks such a node nothing", async () => {
    const [node, other] = [await realNode("mini1"), await realNode("mini2")];
    const result = await check(stackNode(node.target({ hostKey: other.hostKey.publicKey })));
    expect(subjects(result, "mini1").map(({ subject }) => subject)).toEqual(["host key"]);
    expect(node.asked).toEqual([]);
  });

  test("tells a link's address that is not there, and what puts it there", async () => {
    const [one, other] = [await realNode("mini1"), await realNode("mini2")];
    const result = await check(
      stackNode(one.target(), "192.0.2.11/24"),
      stackNode(other.target(), "192.0.2.12/24"),
    );
    expect(subjects(result, "mini2")).toEqual([
      {
        node: "mini2",
        subject: "link eth1",
        found: "no address 192.0.2.12",
        remedy: "npm run stack -- up --stack dev",
      },
    ]);
    expect(checkTables(result)).toMatch(/^mini2 +eth1 +192\.0\.2\.12 \(missing\)/m);
  });
});
