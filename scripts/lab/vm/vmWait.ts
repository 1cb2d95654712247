import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { sshBanner } from "../sshBanner.ts";
import { pidOf } from "./machine.ts";
import { rootSsh, type Vm } from "./vmFolder.ts";

/** An emulated one boots in half a minute where it has the computer for itself. */
const limitSeconds = 600;

/**
 * Waits until a virtual machine has booted and its sshd answers.
 * @param lastBoot the id of a boot that does not count: it is about to end
 * @throws Error naming its failed units, or with its console's last lines when it did not boot
 */
export async function vmWait(vm: Vm, lastBoot?: string): Promise<void> {
  const deadline = Date.now() + limitSeconds * 1000;
  const [ssh, ...args] = rootSsh(vm);
  const state =
    "cat /proc/sys/kernel/random/boot_id; systemctl is-system-running --wait; systemctl --failed --plain --no-legend";
  for (;;) {
    const asked = await execa(ssh, [...args, state], { reject: false, stdin: "ignore" });
    const [boot, system, ...failed] = asked.stdout.split("\n");
    if (asked.exitCode !== 255 && boot !== lastBoot) {
      if (system === "degraded")
        throw new Error(`${vm.node}: booted with failed units: ${unitNames(failed)}`);
      if (system === "running" && (await sshBanner(vm.port))) return;
    }
    if (Date.now() > deadline || (await pidOf(vm)) === undefined) throw new Error(await notBooted(vm));
    await pause(500);
  }
}

/** Names a boot: another one has another. */
export async function bootId(vm: Vm): Promise<string> {
  const [ssh, ...args] = rootSsh(vm);
  return (await execa(ssh, [...args, "cat /proc/sys/kernel/random/boot_id"], { stdin: "ignore" })).stdout;
}

function unitNames(lines: string[]): string {
  return lines.map((line) => line.split(" ")[0]).join(", ");
}

async function notBooted({ node, folder }: Vm): Promise<string> {
  const file = join(folder, "console.log");
  const lines = (await readFile(file, "utf8").catch(() => "")).trimEnd().split("\n");
  return `${node}: expected it to boot within ${limitSeconds} s, it did not. Last lines of ${file}:\n${lines.slice(-8).join("\n")}`;
}
