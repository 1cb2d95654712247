import { join } from "node:path";
import type { PreparedDisk } from "./vmDisk.ts";
import type { Vm } from "./vmFolder.ts";

/** `kvm` runs on the processor itself, `tcg` is emulation: slow, and everywhere. */
export type Accelerator = "kvm" | "tcg";

/** Interfaces are eth0 and eth1, as a lab's containers have them. The emulated processor's own virtualization is of no use. */
const kernelWords = [
  "root=/dev/vda",
  "rw",
  "console=ttyS0",
  "edd=off",
  "net.ifnames=0",
  "mitigations=off",
  "module_blacklist=kvm_amd,kvm,powernow_k8",
  "init=/usr/lib/minirack-lab/vm/boot.sh",
];

const processor = {
  kvm: ["-accel", "kvm", "-cpu", "host"],
  tcg: ["-accel", "tcg,thread=multi", "-cpu", "max"],
};

/**
 * The arguments of a machine that runs in the background: the overlay as its disk, the seed of its first boot as its
 * second, eth0 with the Docker host's network behind it, eth1 a cable that leads nowhere.
 */
export function qemuArguments(
  { node, port, rootPort, folder }: Vm,
  { kernel, initrd }: Pick<PreparedDisk, "kernel" | "initrd">,
  accelerator: Accelerator,
): string[] {
  const forwards = [`${port}-:22`, `${rootPort}-:2022`].map((one) => `hostfwd=tcp:127.0.0.1:${one}`);
  return [
    ...["-name", node, "-daemonize", "-pidfile", join(folder, "pid")],
    ...["-display", "none", "-serial", `file:${join(folder, "console.log")}`],
    ...[...processor[accelerator], "-smp", "2", "-m", "1536"],
    ...["-kernel", kernel, "-initrd", initrd, "-append", kernelWords.join(" ")],
    // The disk's own cache is lost with qemu, as at a power cut: what the node has not flushed is not there.
    ...["-drive", `file=${join(folder, "disk.qcow2")},format=qcow2,if=virtio,cache=writeback,discard=unmap`],
    ...["-drive", `file=${join(folder, "seed.tar")},format=raw,if=virtio,readonly=on`],
    ...["-netdev", ["user", "id=control", ...forwards].join(","), "-device", "virtio-net-pci,netdev=control"],
    ...["-netdev", "hubport,id=link,hubid=1", "-device", "virtio-net-pci,netdev=link"],
  ];
}
