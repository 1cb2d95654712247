import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { execa } from "execa";
import type { z } from "zod";
import type { launcherSchema } from "./runMetadata.ts";

/** A process on a controller that a run hangs on. */
export type Launcher = z.infer<typeof launcherSchema>;

/** This process. */
export async function thisLauncher(): Promise<Launcher> {
  return { controller: hostname(), pid: process.pid, birth: (await birthOf(process.pid)) ?? "" };
}

/** Whether that process is a controller's other than this. Nothing can be said of it here. */
export function isElsewhere({ controller }: Launcher): boolean {
  return controller !== hostname();
}

/** Whether that process of this controller still runs. */
export async function isAlive({ pid, birth }: Launcher): Promise<boolean> {
  return (await birthOf(pid)) === birth;
}

/** When a process began, undefined where there is none with that number. */
async function birthOf(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? birthByProc(pid) : birthByPs(pid);
}

async function birthByProc(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return fields[0] === "Z" ? undefined : `boot ${boot.trim()}, tick ${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function birthByPs(pid: number): Promise<string | undefined> {
  const ps = await execa("ps", ["-o", "lstart=", "-p", String(pid)], { reject: false, env: { LC_ALL: "C" } });
  return ps.stdout.trim() || undefined;
}
