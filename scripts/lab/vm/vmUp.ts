import { execa } from "execa";
import { readLabFile } from "../../../lab/labFile.ts";
import { forgetLabKey } from "../../../provider/pinnedHostKeys.ts";
import { prepareDocker } from "../../docker/prepareDocker.ts";
import { type LabStack, labFileOf, labPaths, root } from "../labStack.ts";
import { findAccelerator } from "./accelerator.ts";
import { installQemu } from "./installQemu.ts";
import { pidOf, switchOn } from "./machine.ts";
import { prepareDisk } from "./vmDisk.ts";
import { noteVm, numberedVm } from "./vmFolder.ts";
import { vmWait } from "./vmWait.ts";

/** Makes virtual machines, nodes with a kernel of their own, and waits until they have booted. Those that run stay as they are. */
export async function vmUp({ count, say, ...given }: LabStack & { count: number }): Promise<void> {
  const { stack, configFile } = labPaths(given);
  const { user, portBase } = readLabFile(labFileOf(configFile));
  await installQemu(say);
  await prepareDocker({ say });
  const prepared = await prepareDisk(say);
  const accelerator = await findAccelerator(prepared);
  const vms = Array.from({ length: count }, (_, index) => numberedVm(stack, portBase, index + 1));
  const how = accelerator === "kvm" ? "by KVM" : "emulated, as KVM does not work here";
  say(`lab ${stack}: ${count} virtual machine${count === 1 ? "" : "s"}, ${how}`);
  const lab = `.minirack/${stack}`;
  const nodes = vms.map(({ node }) => `${node}:withoutPassword:key`);
  await execa("sh", ["lab/firstContact.sh", lab, user, ...nodes], { cwd: root });
  for (const vm of vms) {
    if ((await pidOf(vm)) === undefined) forgetLabKey(vm.port);
    await noteVm(vm);
    await execa("sh", ["lab/vm/seed.sh", lab, vm.node], { cwd: root });
    await switchOn(vm, prepared, accelerator);
  }
  await Promise.all(vms.map((vm) => vmWait(vm)));
}
