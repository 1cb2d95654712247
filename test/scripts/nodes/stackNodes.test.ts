import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseNodes } from "../../../scripts/nodes/chooseNodes.ts";
import { stackNodes } from "../../../scripts/nodes/stackNodes.ts";
import { failureOf } from "../../support/failureOf.ts";
import { exportOf, scriptedPulumi } from "../../support/scriptedPulumi.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A stack whose state has mini1, and whose cluster file has mini1 and a new mini2. */
function opened(configuration?: string) {
  const folder = temporaryFolder();
  const [file, configFile] = [join(folder, "cluster.yaml"), join(folder, "Pulumi.dev.yaml")];
  writeFileSync(
    file,
    "user: rack\nnodes: [{ name: mini1, host: a }, { name: mini2, host: b, hostKey: ssh-ed25519 AAAAfile }]\n",
  );
  writeFileSync(configFile, configuration ?? `config:\n  minirack:clusterFile: ${file}\n`);
  const state = exportOf(
    {
      type: "minirack:node:SshAccess",
      inputs: { node: "mini1", connection: { hostKey: "ssh-ed25519 AAAAstate" } },
    },
    { type: "other:index:Thing", inputs: {} },
  );
  return {
    configFile,
    found: stackNodes(
      scriptedPulumi(() => state),
      "dev",
      configFile,
    ),
  };
}

test("a node is reached with the host key that the state pinned, a new one with the file's", async () => {
  const { nodes } = await opened().found;
  const keys = await Promise.all(nodes.map(async (node) => (await node.target()).connection.hostKey));
  expect(keys).toEqual(["ssh-ed25519 AAAAstate", "ssh-ed25519 AAAAfile"]);
  expect(nodes.map(({ pinnedHostKey }) => pinnedHostKey)).toEqual(["ssh-ed25519 AAAAstate", undefined]);
});

test("a stack without a cluster file says what to set", async () => {
  const { configFile, found } = opened("config:\n  minirack:labFile: lab.yaml\n");
  expect((await failureOf(found)).message).toBe(
    `${configFile}: expected minirack:clusterFile, got none; set it to a cluster file's path`,
  );
});

test("nodes are chosen by name, all of them by none or by all", async () => {
  const stack = await opened().found;
  const names = (...given: string[]) => chooseNodes(stack, given).map(({ spec }) => spec.name);
  expect([names(), names("all"), names("mini2")]).toEqual([
    ["mini1", "mini2"],
    ["mini1", "mini2"],
    ["mini2"],
  ]);
  expect(() => names("mini1", "mini3")).toThrow(
    new Error("stack dev: expected a node (mini1, mini2), got mini3; correct its name"),
  );
});

test("a stack that was never made says how to make it", async () => {
  const pulumi = scriptedPulumi(() => expect.fail("expected Pulumi not to be asked"));
  expect((await failureOf(stackNodes(pulumi, "shelf", "/nowhere/Pulumi.shelf.yaml"))).message).toBe(
    "stack shelf: expected its configuration /nowhere/Pulumi.shelf.yaml, got no such file; correct --stack, or make the stack: " +
      "npx pulumi stack init shelf && npx pulumi config set minirack:clusterFile FILE --stack shelf",
  );
});
