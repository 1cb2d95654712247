import { z } from "zod";
import { clusterSchema, nodeSchema } from "../clusterFile.ts";
import type { Problem } from "../configError.ts";
import type { SoundCluster } from "./clusterRule.ts";

const mapping = z.record(z.string(), z.unknown());
const nodeList = z.array(z.unknown());

/** A cluster file's value without the keys, above nodes and of nodes, that have problems: rules over several can be asked of it. */
export function soundPart(value: unknown, problems: readonly Problem[]): SoundCluster {
  const soundSchema = clusterSchema.extend({ nodes: z.array(nodeSchema.partial()) }).partial();
  const file = mapping.safeParse(value).data ?? {};
  const nodes = nodeList.safeParse(file.nodes).data ?? [];
  const without = (from: unknown, depth: number, within: readonly Problem[]) => {
    const wrong = new Set(within.map(({ path }) => path[depth]));
    if (wrong.has("port")) wrong.add("host"); // the two are one address
    const entries = Object.entries(mapping.safeParse(from).data ?? {});
    return Object.fromEntries(entries.filter(([key]) => !wrong.has(key)));
  };
  const sound = {
    ...without(file, 0, problems),
    nodes: nodes.map((node, index) =>
      without(
        node,
        2,
        problems.filter(({ path }) => path[0] === "nodes" && path[1] === index),
      ),
    ),
  };
  const { nodes: all = [], ...rest } = soundSchema.safeParse(sound).data ?? {};
  return { ...rest, nodes: all };
}
