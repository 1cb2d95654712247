import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { importedInputs } from "../../provider/importedInputs.ts";
import { pinHostKey, pinnedHostKey } from "../../provider/pinnedHostKeys.ts";
import { stackIdOf } from "../../provider/stackIdentity.ts";
import { failureOf } from "../support/failureOf.ts";
import { ownFolder } from "../support/ownFolder.ts";
import { says, scriptedNode } from "../support/scriptedNode.ts";
import { sshKey, writeIdentity } from "../support/sshKey.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const inputsOf = async (...given: Parameters<typeof importedInputs>) =>
  (await importedInputs(...given)).inputs;
const identity = { stack: "minirack/dev", name: "imported" };

function clusterFile(text: string): ReadonlyMap<string, string> {
  const file = join(temporaryFolder(), "cluster.yaml");
  writeFileSync(file, text);
  return new Map([
    ["clusterFile", file],
    ["sudo", "open sesame"],
  ]);
}

beforeEach(() => void ownFolder());
afterEach(() => vi.restoreAllMocks());

describe("an import from the id alone", () => {
  test("has what the program would give", async () => {
    const node = await scriptedNode({ react: () => says("") });
    const configuration = clusterFile(
      `packages: [jq]\nnodes: [{ name: mini1, host: 127.0.0.1, port: ${node.port}, user: rack, sudoPassword: { config: sudo } }]\n`,
    );
    expect(await inputsOf("mini1/packages", identity, configuration)).toEqual({
      node: "mini1",
      connection: {
        host: "127.0.0.1",
        port: node.port,
        user: "rack",
        identityFile: "~/.ssh/minirack/dev",
        hostKey: node.hostKey.publicKey,
        sudoPassword: "open sesame",
      },
      stackId: stackIdOf("dev"),
      packages: { jq: "installed" },
    });
    expect(pinnedHostKey("dev", { host: "127.0.0.1", port: node.port })).toBe(node.hostKey.publicKey);
  });

  test("asks no node for a key that is pinned", async () => {
    const configuration = clusterFile("nodes: [{ name: mini1, host: 192.0.2.1 }]\n");
    pinHostKey("dev", { host: "192.0.2.1", port: 22 }, "ssh-ed25519 AAAApinned");
    expect(await inputsOf("mini1/packages", identity, configuration)).toMatchObject({
      connection: { hostKey: "ssh-ed25519 AAAApinned" },
    });
  });

  test("of sshAccess has the cluster's key and the first contact", async () => {
    const clusterKey = sshKey();
    const identityFile = writeIdentity(temporaryFolder(), clusterKey);
    const configuration = clusterFile(
      `identityFile: ${identityFile}\nnodes: [{ name: mini1, host: h, hostKey: ssh-ed25519 AAAA, firstContact: { password: { config: sudo } } }]\n`,
    );
    expect(await inputsOf("mini1/sshAccess", identity, configuration)).toMatchObject({
      firstContact: { password: "open sesame" },
      sshAccess: { clusterKey: `${clusterKey.publicKey} minirack-dev`, nodeKey: "ed25519" },
    });
  });

  test("of what other nodes or a runner want leaves the names to the node's record", async () => {
    const configuration = clusterFile(
      "nodes: [{ name: mini1, host: h, hostKey: ssh-ed25519 AAAA, files: { /etc/motd: { content: x } } }]\n",
    );
    expect(await inputsOf("mini1/peers", identity, configuration)).toMatchObject({ peers: {} });
    const training = await inputsOf("mini1/files/training", identity, configuration);
    expect(training).toMatchObject({ purpose: "training" });
    expect(training.files).toEqual({});
  });

  test("names the nodes there are", async () => {
    const configuration = clusterFile("nodes: [{ name: mini1, host: h }]\n");
    const error = await failureOf(importedInputs("mini9/packages", identity, configuration));
    expect(error.message).toMatch(
      /^import mini9\/packages: expected a node of \S+cluster\.yaml \(mini1\), got "mini9"; the id is node\/setting$/,
    );
  });

  test("names the settings there are", async () => {
    const hostKey = "ssh-ed25519 AAAA";
    const configuration = clusterFile(`nodes: [{ name: mini1, host: h, hostKey: ${hostKey} }]\n`);
    const error = await failureOf(importedInputs("mini1/swop", identity, configuration));
    expect(error.message).toMatch(
      /^expected a setting \(sshAccess, linkAddress, packages, .*\), got "swop"$/,
    );
  });

  test("without a cluster file in the configuration says which key to set", async () => {
    const error = await failureOf(importedInputs("mini1/packages", identity, new Map()));
    expect(error.message).toBe(
      "import mini1/packages: expected minirack:clusterFile in the stack's configuration, got none; set it",
    );
  });
});
