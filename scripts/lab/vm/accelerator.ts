import { existsSync } from "node:fs";
import { execa } from "execa";
import type { Accelerator } from "./qemuArguments.ts";
import type { PreparedDisk } from "./vmDisk.ts";

const limitSeconds = 10;

/**
 * KVM, where the kernel says its first line with it within ten seconds. /dev/kvm is no sign: there are computers that
 * have it where qemu then ends, or the kernel never says anything.
 */
export async function findAccelerator({ kernel }: Pick<PreparedDisk, "kernel">): Promise<Accelerator> {
  if (!existsSync("/dev/kvm")) return "tcg";
  const args = ["-accel", "kvm", "-cpu", "host", "-m", "256", "-display", "none", "-no-reboot"];
  const machine = execa(
    "qemu-system-x86_64",
    [...args, "-serial", "stdio", "-kernel", kernel, "-append", "console=ttyS0 earlyprintk=serial panic=-1"],
    { stdin: "ignore", timeout: limitSeconds * 1000, killSignal: "SIGKILL", reject: false },
  );
  try {
    for await (const line of machine) if (line.includes("Linux version")) return "kvm";
  } catch {
    // it ended as one that does not work does
  } finally {
    machine.kill("SIGKILL");
  }
  return "tcg";
}
