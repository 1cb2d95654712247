import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { labDown } from "../../scripts/lab/labDown.ts";
import { labNode, shellOf } from "../../scripts/lab/labNode.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { cutPower } from "../../scripts/lab/vm/machine.ts";
import { numberedVm } from "../../scripts/lab/vm/vmFolder.ts";
import { vmUp } from "../../scripts/lab/vm/vmUp.ts";
import { stackConfiguration, type TestLab, testFolder } from "./testLab.ts";

/** A lab with one virtual machine, vm1: a node with a kernel of its own. */
export interface VmLab extends TestLab {
  /** Cuts its power, `kill -9` of qemu: what was not flushed is lost. */
  cutPower(): Promise<void>;
  /** Switches it on again, with the disk that it has. */
  switchOn(): Promise<void>;
}

/**
 * @param stack its name; no other test's
 * @param portBase its sshd is on the 51st port after it
 * @param linkSubnet of eth1, as 172.31.1.0/24
 */
export async function vmLab(stack: string, portBase: number, linkSubnet: string): Promise<VmLab> {
  const file = join(".minirack", "test", `${stack}.yaml`);
  await mkdir(testFolder, { recursive: true, mode: 0o700 });
  const nodes = [{ name: "mini1" }]; // a lab file has one; none is made
  await writeFile(join(root, file), stringify({ user: "rack", portBase, linkSubnet, nodes }));
  const configFile = await stackConfiguration(stack, "labFile", file);
  const given = { stack, configFile, say: console.log, count: 1 };
  const vm = numberedVm(stack, portBase, 1);
  return {
    stack,
    folder: join(root, ".minirack", stack),
    portOf: () => vm.port,
    linkAddressOf: () => linkSubnet.replace("0/24", "21/24"),
    on: async (node, script) => (await shellOf(await labNode(stack, node), "-eu")({ input: script })).stdout,
    up: async () => {
      await labDown(given);
      await vmUp(given);
    },
    down: () => labDown(given),
    cutPower: () => cutPower(vm),
    switchOn: () => vmUp(given),
  };
}
