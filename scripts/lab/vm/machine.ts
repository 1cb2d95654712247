import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { type Accelerator, qemuArguments } from "./qemuArguments.ts";
import type { PreparedDisk } from "./vmDisk.ts";
import type { Vm } from "./vmFolder.ts";

/** Switches a virtual machine on, with the disk that it has, or an overlay of the prepared one. */
export async function switchOn(vm: Vm, prepared: PreparedDisk, accelerator: Accelerator): Promise<void> {
  if ((await pidOf(vm)) !== undefined) return;
  const disk = join(vm.folder, "disk.qcow2");
  if (!existsSync(disk)) {
    const backing = ["-b", prepared.disk, "-F", "raw"];
    await execa("qemu-img", ["create", "-q", "-f", "qcow2", ...backing, disk]);
  }
  await execa("qemu-system-x86_64", qemuArguments(vm, prepared, accelerator));
}

/** The cut of the power: nothing is flushed, neither by the node nor by its disk. */
export async function cutPower(vm: Vm): Promise<void> {
  const pid = await pidOf(vm);
  if (pid === undefined) return;
  process.kill(pid, "SIGKILL");
  while ((await pidOf(vm)) !== undefined) await pause(50);
  await rm(join(vm.folder, "pid"), { force: true });
}

/** qemu's process id; undefined where the machine is off, and where its number has become another process's. */
export async function pidOf({ folder }: Pick<Vm, "folder">): Promise<number | undefined> {
  const pid = (await readFile(join(folder, "pid"), "utf8").catch(() => "")).trim();
  if (pid === "") return undefined;
  const asked = await execa("ps", ["-o", "args=", "-p", pid], { reject: false });
  return asked.stdout.includes(join(folder, "disk.qcow2")) ? Number(pid) : undefined;
}
