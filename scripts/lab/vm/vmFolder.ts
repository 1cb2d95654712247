import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../labStack.ts";

const ports = z.object({ port: z.number(), rootPort: z.number() });

/** A virtual machine of a lab: its files, and the ports of the loopback where it is reached. */
export interface Vm {
  node: string;
  /** Of its sshd, as a node's. */
  port: number;
  /** Of root's own sshd, past all that is provisioned. */
  rootPort: number;
  folder: string;
}

/** The virtual machine of that number, from 1. Containers have the ports after `portBase`, virtual machines those fifty further. */
export function numberedVm(stack: string, portBase: number, number: number): Vm {
  const node = `vm${number}`;
  const port = portBase + 50 + number;
  return { node, port, rootPort: port + 25, folder: join(vmsFolder(stack), node) };
}

/** Notes that a lab has this virtual machine. */
export async function noteVm({ folder, port, rootPort }: Vm): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "ports.json"), JSON.stringify({ port, rootPort }));
}

/** The virtual machines that a lab has, running or not. */
export async function labVms(stack: string): Promise<Vm[]> {
  const all = vmsFolder(stack);
  const names = existsSync(all) ? (await readdir(all)).sort() : [];
  const vms = names.map(async (node) => {
    const text = await readFile(join(all, node, "ports.json"), "utf8");
    return { node, folder: join(all, node), ...ports.parse(JSON.parse(text)) };
  });
  return Promise.all(vms);
}

/** ssh to its root, up to the command. */
export function rootSsh({ folder, rootPort }: Pick<Vm, "folder" | "rootPort">): [string, ...string[]] {
  const options = [
    "IdentitiesOnly=yes",
    "StrictHostKeyChecking=yes",
    "HostKeyAlias=minirack-lab-root",
    `UserKnownHostsFile=${join(folder, "knownHosts")}`,
    "ConnectTimeout=20",
    "ServerAliveInterval=20",
    "LogLevel=ERROR",
  ].flatMap((one) => ["-o", one]);
  const key = ["-p", String(rootPort), "-i", join(folder, "rootKey")];
  return ["ssh", "-F", "none", ...key, ...options, "root@127.0.0.1"];
}

function vmsFolder(stack: string): string {
  return join(root, ".minirack", stack, "vms");
}
