import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../../components/cluster.ts";
import { loadCluster } from "../../config/cluster.ts";
import { recordedProgram } from "../support/recordedProgram.ts";

const file = new URL("shelf.yaml", import.meta.url).pathname;

beforeAll(() => {
  pulumi.runtime.setAllConfig({ "minirack:firstPassword": "let me in" }, ["minirack:firstPassword"]);
});

/** What the engine is asked for the links, when these resources cannot be made. */
async function linksWithout(...failing: string[]) {
  const cluster = loadCluster(file, "dev");
  const { resources } = await recordedProgram(() => {
    const config = new pulumi.Config("minirack");
    return new Cluster("dev", { cluster, stack: "dev", config, trainingCode: [] });
  }, failing);
  return resources.get("links-measured");
}

const connection = { port: 22, user: "rack", identityFile: "~/.ssh/minirack/dev" };
const secretSignature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const sudoPassword = { ...secretSignature, value: "sudo, please" };
const ready = {
  mini1: { ...connection, host: "10.0.0.1", hostKey: "ssh-ed25519 AAAAhost-mini1" },
  mini2: { ...connection, host: "10.0.0.2", hostKey: "ssh-ed25519 AAAAhost-mini2", sudoPassword },
};

describe("the links that are measured", () => {
  test("are those of the nodes with a link address, as the cluster file wants them", async () => {
    const links = await linksWithout();
    expect(links?.wrapped).toMatchObject({
      ends: {
        mini1: { interface: "eth1", address: "172.31.0.11", mayBeWireless: false, connection: ready.mini1 },
        mini2: { interface: "eth1", address: "172.31.0.12", mayBeWireless: true, connection: ready.mini2 },
      },
      minGbps: 5,
      trigger: "2",
    });
    expect(Object.keys(Object(links?.wrapped.ends))).toEqual(["mini1", "mini2"]);
  });

  test("are measured when all else on their nodes is done", async () => {
    expect((await linksWithout())?.dependsOn).toEqual(
      expect.arrayContaining([
        "mini1-linkAddress",
        "mini2-linkAddress",
        "mini1-peers",
        "mini2-pythonEnvironment",
      ]),
    );
  });

  test.each(["mini2-linkAddress", "mini2-packages", "mini2-sshAccess"])(
    "leave out a node whose %s cannot be made, and do not wait for it",
    async (failing) => {
      const links = await linksWithout(failing);
      const { mini1, mini2 } = Object(links?.wrapped.ends);
      expect(mini1.connection).toEqual(ready.mini1);
      expect(mini2.connection).not.toHaveProperty("hostKey");
      expect(links?.dependsOn).not.toContain(failing);
    },
  );

  test("have a node whose Python environment alone cannot be made", async () => {
    const { mini2 } = Object((await linksWithout("mini2-pythonEnvironment"))?.wrapped.ends);
    expect(mini2.connection).toMatchObject(ready.mini2);
  });
});
