import { execaNode } from "execa";
import { z } from "zod";
import type { BenchNode } from "./benchLab.ts";

/** Ports that lead to the nodes over a slower network. */
export interface SlowWay {
  nodes: BenchNode[];
  close(): Promise<void>;
}

const opened = z.array(z.number().int());

/**
 * A process of its own carries the data, so that no tool's own work delays it.
 * @param latencyMs added to the way there and back together, in milliseconds; 0 leads to the nodes themselves
 */
export async function slowWay(nodes: BenchNode[], latencyMs: number): Promise<SlowWay> {
  if (latencyMs === 0) return { nodes, close: async () => {} };
  const program = new URL("latencyProxy.ts", import.meta.url).pathname;
  const args = [String(latencyMs / 2), ...nodes.map(({ port }) => String(port))];
  // not of the terminal's group: a Ctrl-C ends the tools first, which go through it
  const options = {
    ipc: true,
    nodeOptions: ["--import=tsx"],
    detached: true,
    cleanup: true,
    reject: false,
  } as const;
  const proxy = execaNode(program, args, options);
  const ports = opened.parse(await proxy.getOneMessage());
  return {
    nodes: nodes.map(({ name }, index) => ({ name, port: ports[index] ?? 0 })),
    close: async () => {
      proxy.kill();
      await proxy;
    },
  };
}
