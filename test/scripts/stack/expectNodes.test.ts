import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectNodes } from "../../../scripts/stack/expectNodes.ts";
import type { TargetedCommand } from "../../../scripts/stack/nodeTargets.ts";
import { failureOf } from "../../support/failureOf.ts";
import { exportOf, scriptedPulumi } from "../../support/scriptedPulumi.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** The state has mini1 and mini2; the cluster file has mini1 and mini3. */
function expected(command: TargetedCommand, ...nodes: string[]): Promise<void> {
  const folder = temporaryFolder();
  const [clusterFile, configFile] = [join(folder, "cluster.yaml"), join(folder, "Pulumi.dev.yaml")];
  writeFileSync(clusterFile, "nodes: [{ name: mini1, host: a }, { name: mini3, host: c }]\n");
  writeFileSync(configFile, `config:\n  minirack:clusterFile: ${clusterFile}\n`);
  const state = exportOf(
    { type: "minirack:node:Packages", inputs: { node: "mini1" } },
    { type: "minirack:node:HostKey", inputs: { node: "mini2" } },
    { type: "other:index:Thing", inputs: { node: "mini4" } },
  );
  return expectNodes(
    scriptedPulumi(() => state),
    { command, nodes, stack: "dev", configFile },
  );
}

test("a node of the state may be meant by every command", async () => {
  for (const command of ["up", "preview", "refresh", "destroy"] as const)
    await expect(expected(command, "mini1", "mini2")).resolves.toBeUndefined();
});

test("a node of the cluster file alone may be made, and neither read nor given back", async () => {
  await expect(expected("up", "mini3")).resolves.toBeUndefined();
  await expect(expected("preview", "mini3")).resolves.toBeUndefined();
  for (const command of ["refresh", "destroy"] as const)
    expect((await failureOf(expected(command, "mini3"))).message).toBe(
      "stack dev: expected a node (mini1, mini2), got mini3; correct its name",
    );
});

test("names that no node has are told, with those that there are", async () => {
  expect((await failureOf(expected("up", "mini1", "mini4", "mini9"))).message).toBe(
    "stack dev: expected a node (mini1, mini2, mini3), got mini4, mini9; correct its name",
  );
});

test("a stack without nodes says so", async () => {
  const prepared = scriptedPulumi(() => ({ stderr: "error: no stack named 'dev' found", exitCode: 255 }));
  const wanted = { command: "destroy", nodes: ["mini1"], stack: "dev", configFile: "none" } as const;
  expect((await failureOf(expectNodes(prepared, wanted))).message).toBe(
    "stack dev: expected a node (it has none), got mini1; correct its name",
  );
});
