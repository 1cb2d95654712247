import { knownStackId, stackIdSchema } from "../../provider/stackIdentity.ts";
import type { ExportedResource } from "../pulumi/exportedResources.ts";

/** The stack's id, as its state has it; where the state is lost, as this clone has noted it. */
export function stackIdIn(resources: ExportedResource[], stack: string): string | undefined {
  const key = resources.find(({ type }) => type === "minirack:cluster:Key");
  return stackIdSchema.safeParse(key?.outputs?.stackId).data ?? knownStackId(stack);
}
