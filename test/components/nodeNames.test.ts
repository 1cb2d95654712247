import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../../components/cluster.ts";
import { formerlyNamed } from "../../components/nodeNames.ts";
import { loadCluster } from "../../config/cluster.ts";
import { type Registered, recordedProgram } from "../support/recordedProgram.ts";

const file = new URL("shelf.yaml", import.meta.url).pathname;

/** What the shelf asks for once its first node is called otherwise. */
async function renamedShelf(): Promise<Registered[]> {
  pulumi.runtime.setAllConfig({ "minirack:firstPassword": "let me in" }, ["minirack:firstPassword"]);
  const cluster = loadCluster(file, "dev");
  const [first, ...others] = cluster.nodes;
  if (first === undefined) throw new Error("expected a node in the shelf, got none");
  const nodes = [{ ...first, name: "alpha", formerName: first.name }, ...others];
  const { resources } = await recordedProgram(() => {
    const config = new pulumi.Config("minirack");
    return new Cluster("dev", { cluster: { ...cluster, nodes }, stack: "dev", config, trainingCode: [] });
  });
  return [...resources.values()];
}

describe("a node that was renamed", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await renamedShelf();
  });

  test("has each of its resources under its former name as well", () => {
    const own = resources.filter(({ name }) => /^alpha($|-)/.test(name));
    expect(own.map(({ name }) => name).sort()).toEqual([
      "alpha",
      "alpha-files",
      "alpha-files-training",
      "alpha-hook-greet",
      "alpha-hostKey",
      "alpha-linkAddress",
      "alpha-packages",
      "alpha-peers",
      "alpha-pythonEnvironment",
      "alpha-sshAccess",
    ]);
    for (const { name, aliases } of own) expect(aliases, name).toEqual([name.replace("alpha", "mini1")]);
  });

  test("leaves the names of the others' resources as they are", () => {
    const others = resources.filter(({ name }) => !/^alpha($|-)/.test(name));
    expect(others.flatMap(({ aliases }) => aliases)).toEqual([]);
    expect(others.map(({ name }) => name)).toContain("mini2-peers");
  });
});

test("a node that keeps its name has no other", () => {
  expect(formerlyNamed({ name: "mini1" }, (name) => `${name}-files`)).toEqual({});
});
