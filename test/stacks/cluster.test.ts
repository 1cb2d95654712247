import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { cluster } from "../../stacks/cluster.ts";
import { recordedProgram } from "../support/recordedProgram.ts";

const file = new URL("../components/shelf.yaml", import.meta.url).pathname;

test("a cluster's outputs are its nodes, its links and what a training run needs", async () => {
  pulumi.runtime.setAllConfig({ "minirack:firstPassword": "let me in" }, ["minirack:firstPassword"]);
  const { result, resources } = await recordedProgram(() => cluster(file));
  const facts = { port: 22, user: "rack", os: "linux" };
  expect(result.nodes).toEqual([
    { ...facts, name: "mini1", host: "10.0.0.1", role: "trainer", linkAddress: "172.31.0.11" },
    { ...facts, name: "mini2", host: "10.0.0.2", role: "trainer", linkAddress: "172.31.0.12" },
    { ...facts, name: "observer", host: "10.0.0.3", role: "worker", linkAddress: undefined },
  ]);
  expect(result.links).toEqual([
    { node: "mini1", interface: "eth1", address: "172.31.0.11" },
    { node: "mini2", interface: "eth1", address: "172.31.0.12" },
  ]);
  expect(Object.keys(result)).toEqual(["nodes", "links", "training"]);
  expect(resources.get("dev")?.type).toBe("minirack:index:Cluster");
});
