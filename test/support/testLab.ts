import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { labDown } from "../../scripts/lab/labDown.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { labUp } from "../../scripts/lab/labUp.ts";

/** Where what tests make lies: not in git, closed to others. */
export const testFolder = join(root, ".minirack", "test");

/** Names of every test lab's nodes: a node of each kind. */
export const nodeNames = ["mini1", "mini2", "mini3"];

/** Debian 12 twice, the second with a password for sudo; Debian 13, let in by password only. */
const kinds = [
  { name: "mini1" },
  { name: "mini2", sudo: "withPassword" },
  { name: "mini3", debian: 13, firstContact: "password" },
];

/** A lab of a test's own, beside the user's. */
export interface TestLab {
  stack: string;
  /** Folder of its key `id_ed25519` and its `password`. */
  folder: string;
  /** Port of a node's sshd on the loopback. */
  portOf(node: string): number;
  /** The address that its link is to have, with the prefix. */
  linkAddressOf(node: string): string;
  /** Runs a script on a node as root, past everything that is under test; resolves with its stdout. */
  on(node: string, script: string): Promise<string>;
  /** Fresh nodes with nothing provisioned; what was there of an earlier run goes first. */
  up(): Promise<void>;
  down(): Promise<void>;
}

/**
 * A lab with a node of each kind.
 * @param stack its name; no other test's
 * @param portBase mini1's sshd is on the port after it
 * @param linkSubnet of eth1, as 172.31.1.0/24; no other lab's
 * @param names which of the nodes; all of them unless given
 * @param odd one that people have lived on (`lab/odd.sh`)
 */
export async function testLab(
  stack: string,
  portBase: number,
  linkSubnet: string,
  names = nodeNames,
  odd?: string,
): Promise<TestLab> {
  const nodes = kinds.filter(({ name }) => names.includes(name));
  const file = join(".minirack", "test", `${stack}.yaml`);
  await mkdir(testFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(root, file), stringify({ user: "rack", portBase, linkSubnet, nodes }));
  const given = { stack, configFile: await stackConfiguration(stack, "labFile", file), say: console.log };
  return {
    stack,
    folder: join(root, ".minirack", stack),
    linkAddressOf: (node) => linkSubnet.replace("0/24", `${11 + nodeNames.indexOf(node)}/24`),
    portOf: (node) => portBase + 1 + nodes.findIndex(({ name }) => name === node),
    on: async (node, script) => {
      const args = ["exec", "-i", `minirack-${stack}-${node}`, "sh", "-eu"];
      return (await execa("docker", args, { input: script })).stdout;
    },
    up: async () => {
      await labDown(given);
      await labUp({ ...given, odd });
    },
    down: () => labDown(given),
  };
}

/** Writes a stack's configuration with one value under `minirack:`; returns its path. */
export async function stackConfiguration(stack: string, key: string, value: string): Promise<string> {
  const file = join(testFolder, `Pulumi.${stack}.yaml`);
  await mkdir(testFolder, { recursive: true, mode: 0o700 });
  await writeFile(file, `config:\n  minirack:${key}: ${value}\n`);
  return file;
}
