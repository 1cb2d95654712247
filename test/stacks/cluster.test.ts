import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { cluster } from "../../stacks/cluster.ts";
import { recordedProgram } from "../support/recordedProgram.ts";

const file = new URL("../components/shelf.yaml", import.meta.url).pathname;

const resolved = (output: unknown) =>
  new Promise((resolve) => (pulumi.Output.isInstance(output) ? output.apply(resolve) : resolve(output)));

test("a cluster's outputs are its nodes, its links and what runs need", async () => {
  pulumi.runtime.setAllConfig({ "minirack:firstPassword": "let me in" }, ["minirack:firstPassword"]);
  const { result, resources } = await recordedProgram(() => cluster(file));
  const facts = { port: 22, user: "rack", os: "linux" };
  expect(result.nodes).toEqual([
    {
      ...facts,
      name: "mini1",
      host: "10.0.0.1",
      role: "trainer",
      linkAddress: "172.31.0.11",
      linkInterface: "eth1",
    },
    {
      ...facts,
      name: "mini2",
      host: "10.0.0.2",
      role: "trainer",
      linkAddress: "172.31.0.12",
      linkInterface: "eth1",
    },
    {
      ...facts,
      name: "observer",
      host: "10.0.0.3",
      role: "worker",
      linkAddress: undefined,
      linkInterface: undefined,
    },
  ]);
  expect(await resolved(result.links)).toEqual([
    { from: "mini1", to: "mini2", gbps: 9.4, roundTripMs: 0.2, interface: "eth1" },
  ]);
  expect(Object.keys(result)).toEqual(["nodes", "links", "training", "notebook"]);
  expect(resources.get("dev")?.type).toBe("minirack:index:Cluster");
});
