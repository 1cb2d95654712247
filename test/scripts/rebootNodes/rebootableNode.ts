import type { OpenStack, StackNode } from "../../../scripts/nodes/stackNodes.ts";
import { type ScriptedNode, says, scriptedNode } from "../../support/scriptedNode.ts";
import { specOf } from "../clusterCheck/factsOf.ts";

/** How a node behaves that can be rebooted. */
export interface Rebootable {
  name: string;
  rebootReason?: string;
  /** What it does with the order: boots anew, goes on as it is, or refuses. */
  does?: "boot" | "stay" | "refuse";
  /** Whether its unit runs again after the boot. */
  isUnitBack?: boolean;
  state?: string;
}

/** A node that boots when it is told to; its one managed unit is redis-server.service. */
export async function rebootableNode(given: Rebootable) {
  let boots = 1;
  const order: string[] = [];
  const node = await scriptedNode({
    name: given.name,
    react: ({ stdin }) => {
      if (stdin.includes("\nreboot_node\n")) {
        order.push(given.name);
        if (given.does === "refuse")
          return { code: 1, stdout: "", stderr: "Operation inhibited by backup\n" };
        if (given.does !== "stay") boots++;
        return "cut";
      }
      if (stdin.includes("\ntell_boot\n")) return says(bootAnswer(given, boots));
      return says(
        stdin.includes("systemctl show") ? unitAnswer(boots === 1 || given.isUnitBack !== false) : "known\n",
      );
    },
  });
  return { node, isRebooted: () => order.length > 0 };
}

function bootAnswer({ name, rebootReason = "", state = "running" }: Rebootable, boots: number): string {
  const id = `${name}-boot${boots}`;
  return `boot\t${id} 1\nkernel\t${id}\nmachine\t${name}\nstate\t${state}\nreason\t${rebootReason}\nend\n`;
}

function unitAnswer(isRunning: boolean): string {
  const state = isRunning ? "ActiveState=active\nSubState=running" : "ActiveState=failed\nSubState=failed";
  return `100.00 1.00\nLoadState=loaded\n${state}\nUnitFileState=enabled\nActiveEnterTimestampMonotonic=40000000\nMemoryCurrent=1\n@@names\n`;
}

/** Nodes as a stack has them. */
export function stackOf(nodes: ScriptedNode[]): Pick<OpenStack, "nodes" | "resources"> {
  const targets = nodes.map((node) => node.target());
  const services = { "redis-server.service": { isEnabled: true, isRunning: true } };
  return {
    nodes: targets.map(
      (target): StackNode => ({
        spec: specOf(target.name),
        pinnedHostKey: undefined,
        target: async () => target,
      }),
    ),
    resources: targets.map(({ name }) => ({
      urn: `urn:pulumi:dev::minirack::minirack:node:Services::${name}-services`,
      type: "minirack:node:Services",
      inputs: { node: name, services },
    })),
  };
}
