import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { root } from "../../../scripts/lab/labStack.ts";
import { testFolder } from "../../support/testLab.ts";

/** Path of the cluster file that these tests write anew for each change. */
export const clusterFile = ".minirack/test/labh-cluster.yaml";

/** A node as the cluster file has it. */
export type FileNode = Record<string, unknown> & { name: string };

const port = 2700;

/** The lab's nodes as a cluster file has them. */
export const [mini1, mini2, mini3]: [FileNode, FileNode, FileNode] = [
  { ...reachedAt(1), firstContact: { identityFile: "../labh/id_ed25519" } },
  {
    ...reachedAt(2),
    firstContact: { identityFile: "../labh/id_ed25519" },
    sudoPassword: { file: "../labh/password" },
  },
  { ...reachedAt(3), firstContact: { password: { file: "../labh/password" } } },
];

function reachedAt(number: number): FileNode {
  const linkAddress = { eth1: `172.31.7.1${number}/24` };
  return { name: `mini${number}`, host: "127.0.0.1", port: port + number, linkAddress };
}

/** Writes the cluster file with these nodes: every setting, each as small as it can be. */
export async function declare(...nodes: FileNode[]): Promise<void> {
  const cluster = {
    user: "rack",
    packages: ["jq"],
    files: { "/etc/motd": { content: "This node is part of a minirack cluster.\n" } },
    caCertificates: { lab: { file: "../../test/lab/labCa.crt" } },
    pythonEnvironment: { training: { requirements: ["six==1.17.0"] } },
    nodes,
    training: { environment: "training" },
  };
  await mkdir(testFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(root, clusterFile), stringify(cluster));
}
