import { z } from "zod";
import type { ExportedResource } from "../pulumi/exportedResources.ts";

const inputs = z.object({ node: z.string(), services: z.record(z.string(), z.unknown()) });

/** The units that minirack manages on a node, as the stack's state has them. */
export function managedUnits(resources: ExportedResource[], node: string): string[] {
  return resources.flatMap((resource) => {
    if (resource.type !== "minirack:node:Services") return [];
    const { success, data } = inputs.safeParse(resource.inputs);
    return success && data.node === node ? Object.keys(data.services) : [];
  });
}
