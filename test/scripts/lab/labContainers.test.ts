import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isOurs, parseContainers } from "../../../scripts/lab/labContainers.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const inspected = (node: string, port: string, disk: string) => ({
  Name: `/minirack-lab-${node}`,
  Config: { Hostname: node, Labels: { "dev.minirack.lab": "lab" } },
  State: { Status: "running" },
  HostConfig: {
    Binds: ["/sys/fs/cgroup:/sys/fs/cgroup", `${disk}:/disk`],
    PortBindings: { "22/tcp": [{ HostIp: "127.0.0.1", HostPort: port }] },
  },
});
const parse = (disk: string) => parseContainers(JSON.stringify([inspected("mini1", "2201", disk)]));

test("nodes are ordered by port, as in the lab file", () => {
  const text = JSON.stringify([inspected("mini10", "2210", "/a"), inspected("mini9", "2209", "/b")]);
  expect(parseContainers(text).map(({ node }) => node)).toEqual(["mini9", "mini10"]);
});

describe("a node is ours", () => {
  test("when its disk is in this clone", () => {
    expect(parse(resolve(".minirack/lab/disks/mini1")).map(isOurs)).toEqual([true]);
  });

  test("when the clone that made it is gone", () => {
    expect(parse("/no/such/clone/.minirack/lab/disks/mini1").map(isOurs)).toEqual([true]);
  });

  test("and another clone's is not", () => {
    const clone = temporaryFolder();
    expect(parse(clone).map(isOurs)).toEqual([false]);
  });
});
