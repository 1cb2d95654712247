import { describe, expect, test } from "vitest";
import { qemuArguments } from "../../../../scripts/lab/vm/qemuArguments.ts";

const vm = { node: "vm1", port: 2251, rootPort: 2276, folder: "/lab/vms/vm1" };
const prepared = { kernel: "/cache/vmlinuz", initrd: "/cache/initrd.img" };

/** The values that follow an option. */
function valuesOf(option: string, args: string[]): (string | undefined)[] {
  return args.flatMap((one, index) => (one === option ? [args[index + 1]] : []));
}

describe("a virtual machine", () => {
  const args = qemuArguments(vm, prepared, "tcg");

  test("writes to its overlay alone, and loses at a power cut what was not flushed", () => {
    expect(valuesOf("-drive", args)).toEqual([
      "file=/lab/vms/vm1/disk.qcow2,format=qcow2,if=virtio,cache=writeback,discard=unmap",
      "file=/lab/vms/vm1/seed.tar,format=raw,if=virtio,readonly=on",
    ]);
  });

  test("is reached on the loopback alone, and its link leads nowhere", () => {
    expect(valuesOf("-netdev", args)).toEqual([
      "user,id=control,hostfwd=tcp:127.0.0.1:2251-:22,hostfwd=tcp:127.0.0.1:2276-:2022",
      "hubport,id=link,hubid=1",
    ]);
    expect(valuesOf("-device", args)).toEqual([
      "virtio-net-pci,netdev=control",
      "virtio-net-pci,netdev=link",
    ]);
  });

  test("boots the prepared kernel by the lab's first script", () => {
    expect(valuesOf("-kernel", args)).toEqual(["/cache/vmlinuz"]);
    expect(valuesOf("-initrd", args)).toEqual(["/cache/initrd.img"]);
    expect(valuesOf("-append", args)[0]).toContain("init=/usr/lib/minirack-lab/vm/boot.sh");
  });

  test("is emulated, or has the processor itself", () => {
    expect(valuesOf("-accel", args)).toEqual(["tcg,thread=multi"]);
    const byKvm = qemuArguments(vm, prepared, "kvm");
    expect(valuesOf("-accel", byKvm)).toEqual(["kvm"]);
    expect(valuesOf("-cpu", byKvm)).toEqual(["host"]);
  });
});
