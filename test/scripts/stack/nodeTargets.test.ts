import { expect, test } from "vitest";
import { settings, settingToken } from "../../../provider/settings/index.ts";
import { nodeTargets, type TargetedCommand } from "../../../scripts/stack/nodeTargets.ts";

const cluster = "urn:pulumi:dev::minirack::minirack:index:Cluster";
const urn = (type: string, name: string) => `${cluster}$${type}::${name}`;

/** Whether Pulumi takes the resource for a target: `**` is anything, `*` anything without a colon. */
function isTarget(command: TargetedCommand, nodes: string[], resource: string): boolean {
  const patterns = nodeTargets(command, nodes).filter((word) => !word.startsWith("--"));
  const matcher = (pattern: string) =>
    pattern.replace(/\*\*|\*|[$.]/g, (found) => ({ "**": ".*", "*": "[^:]*" })[found] ?? `\\${found}`);
  return patterns.some((pattern) => new RegExp(`^${matcher(pattern)}$`).test(resource));
}

test("without a node there are no targets", () => {
  expect(nodeTargets("up", [])).toEqual([]);
  expect(nodeTargets("destroy", [])).toEqual([]);
});

test("a node's targets are its settings, with a purpose or without, its host key and its components", () => {
  for (const { key } of settings) {
    expect(isTarget("refresh", ["mini1"], urn(settingToken(key), `mini1-${key}`)), key).toBe(true);
    expect(isTarget("refresh", ["mini1"], urn(settingToken(key), `mini1-${key}-training`)), key).toBe(true);
  }
  for (const name of ["mini1", "mini1-python", "mini1-hostKey"])
    expect(isTarget("refresh", ["mini1"], urn("minirack:index:Node", name)), name).toBe(true);
});

test("another node's are none, even where its name begins with this one", () => {
  for (const name of ["mini2", "mini1-b", "mini10"])
    for (const own of [name, `${name}-files`, `${name}-files-training`, `${name}-hostKey`])
      expect(isTarget("destroy", ["mini1"], urn("minirack:node:Files", own)), own).toBe(false);
});

test("of two nodes both are", () => {
  for (const name of ["mini1-files", "mini2-files"])
    expect(isTarget("up", ["mini1", "mini2"], urn("minirack:node:Files", name)), name).toBe(true);
});

test.each(["up", "preview"] as const)("%s takes along what a node cannot be made without", (command) => {
  expect(isTarget(command, ["mini1"], `${cluster}::dev`)).toBe(true);
  expect(isTarget(command, ["mini1"], urn("minirack:cluster:Key", "ssh-key"))).toBe(true);
});

test.each(["refresh", "destroy"] as const)("%s leaves what all nodes share", (command) => {
  expect(isTarget(command, ["mini1"], `${cluster}::dev`)).toBe(false);
  expect(isTarget(command, ["mini1"], urn("minirack:cluster:Key", "ssh-key"))).toBe(false);
});

test("destroy alone takes along what rests on the node elsewhere", () => {
  expect(nodeTargets("destroy", ["mini1"])).toContain("--target-dependents");
  for (const command of ["up", "preview", "refresh"] as const)
    expect(nodeTargets(command, ["mini1"])).not.toContain("--target-dependents");
});
