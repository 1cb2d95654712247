import { execa } from "execa";
import { type LabContainer, labContainers } from "./labContainers.ts";
import { nodeWait } from "./labWait.ts";
import { swapOff } from "./swapOff.ts";
import { pidOf } from "./vm/machine.ts";
import { labVms, rootSsh, type Vm } from "./vm/vmFolder.ts";
import { bootId, vmWait } from "./vm/vmWait.ts";

/** A node of a lab, whatever it is made of. */
export interface LabNode {
  node: string;
  /** Where its sshd is published on 127.0.0.1. */
  port: number;
  kind: "container" | "virtual machine";
  /** What it is made of, by the name that this has outside of the lab. */
  madeOf: string;
  isRunning: boolean;
  /** The words before a command of root's there, past all that is provisioned. No word of the command holds a blank. */
  asRoot: [string, ...string[]];
  /** Shuts it down in order, boots it, waits until it has booted. */
  reboot(): Promise<void>;
}

/** The nodes of this clone's lab: containers by their ports, then virtual machines. */
export async function labNodes(stack: string): Promise<LabNode[]> {
  const vms = (await labVms(stack)).map(vmNode);
  return [...(await labContainers(stack)).map(containerNode), ...(await Promise.all(vms))];
}

/**
 * One node of this clone's lab.
 * @throws Error naming the nodes that there are
 */
export async function labNode(stack: string, name: string): Promise<LabNode> {
  const all = await labNodes(stack);
  const found = all.find(({ node }) => node === name);
  if (found) return found;
  const there = all.map(({ node }) => node).join(", ") || "none; start them: npm run lab -- up";
  throw new Error(`lab ${stack}: expected a node named ${name}, found ${there}`);
}

/** Runs sh on a node as root, its script from stdin. */
export function shellOf({ asRoot: [file, ...args] }: LabNode, ...words: string[]) {
  return (given: { input: string } | { inputFile: string }) => execa(file, [...args, "sh", ...words], given);
}

function containerNode(container: LabContainer): LabNode {
  const { node, port, state, container: name } = container;
  const asRoot: LabNode["asRoot"] = ["docker", "exec", "-i", name];
  return {
    ...{ node, port, kind: "container", madeOf: name, isRunning: state === "running", asRoot },
    reboot: async () => {
      await swapOff(name); // a computer's swap ends with it; a container's would go on
      await execa("docker", ["restart", "--time", "30", name]);
      await nodeWait(container);
      await execa("docker", ["exec", name, "swapon", "--all"]); // which systemd does, but in no container
    },
  };
}

async function vmNode(vm: Vm): Promise<LabNode> {
  const pid = await pidOf(vm);
  const asRoot = rootSsh(vm);
  return {
    ...{ node: vm.node, port: vm.port, kind: "virtual machine", madeOf: `qemu ${pid ?? ""}`.trim() },
    ...{ isRunning: pid !== undefined, asRoot },
    reboot: async () => {
      const [ssh, ...args] = asRoot;
      const last = await bootId(vm);
      await execa(ssh, [...args, "systemctl reboot"], { stdin: "ignore", reject: false });
      await vmWait(vm, last);
    },
  };
}
