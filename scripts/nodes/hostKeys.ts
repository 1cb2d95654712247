import { z } from "zod";
import type { ExportedResource } from "../pulumi/exportedResources.ts";

const pinned = z.object({ node: z.string(), connection: z.object({ hostKey: z.string() }) });

/** Node → the host key that the state has: every resource on a node has it in how the node is reached. */
export function hostKeysOf(resources: ExportedResource[]): Map<string, string> {
  const known = resources.flatMap(({ inputs }) => {
    const { success, data } = pinned.safeParse(inputs);
    return success ? [[data.node, data.connection.hostKey] as const] : [];
  });
  return new Map(known);
}
