import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../scripts/lab/labStack.ts";
import type { BenchLab } from "./benchLab.ts";

/** Host keys of the nodes, taken from their disks: every tool checks them. */
export function knownHostsFile({ folder }: BenchLab): string {
  return join(root, folder, "known_hosts");
}

/** Sockets of OpenSSH's connections that stay open. */
export function socketFolder({ folder }: BenchLab): string {
  return join(root, folder, "sockets");
}

/** What the user's own ssh configuration says does not count. */
export function sshOptions(lab: BenchLab): string[] {
  return [
    ...["-F", "/dev/null", "-o", "ControlMaster=auto", "-o", "ControlPersist=60m"],
    ...["-o", `UserKnownHostsFile=${knownHostsFile(lab)}`, "-o", "GlobalKnownHostsFile=/dev/null"],
    ...["-o", "StrictHostKeyChecking=yes"],
  ];
}

/** Makes what OpenSSH needs of files for these nodes by these ports. */
export async function openFolders(lab: BenchLab): Promise<void> {
  const keys = await lab.onAll("cut -d ' ' -f 1,2 /etc/ssh/ssh_host_*_key.pub");
  const lines = keys.flatMap((text, index) =>
    text.split("\n").map((key) => `[127.0.0.1]:${lab.nodes[index]?.port} ${key}\n`),
  );
  await writeFile(knownHostsFile(lab), lines.join(""));
  await mkdir(socketFolder(lab), { recursive: true, mode: 0o700 });
}

/** Ends the connections that were left open. */
export async function closeConnections(lab: BenchLab): Promise<void> {
  const folder = socketFolder(lab);
  const sockets = await readdir(folder).catch(() => []);
  for (const socket of sockets) {
    await execa("ssh", ["-F", "/dev/null", "-O", "exit", "-S", join(folder, socket), "node"], {
      reject: false,
    });
  }
  await rm(folder, { recursive: true, force: true });
}
