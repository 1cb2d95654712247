import { z } from "zod";
import type { PreparedPulumi } from "./prepare.ts";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  inputs: z.record(z.string(), z.json()).default({}),
  outputs: z.record(z.string(), z.json()).optional(),
  /** Why the last `up` did not complete it; it did where there are none. */
  initErrors: z.array(z.string()).optional(),
});

const exported = z.object({
  deployment: z
    .object({
      resources: z.array(resource).nullish(),
      pending_operations: z.array(z.object({ resource })).nullish(),
    })
    .nullish(),
});

/** A resource as a stack's state has it; secrets are ciphertext. */
export type ExportedResource = z.infer<typeof resource>;

/** All resources in a stack's state; none where there is no such stack. */
export async function exportedResources(
  prepared: PreparedPulumi,
  stack: string,
): Promise<ExportedResource[]> {
  return (await exportedState(prepared, stack)).resources;
}

/** The resources, and those that a command was at when it was killed. */
export async function exportedState(
  { pulumi }: PreparedPulumi,
  stack: string,
): Promise<{ resources: ExportedResource[]; pending: ExportedResource[] }> {
  const { stdout, stderr, failed } = await pulumi(["stack", "export", "--stack", stack], { reject: false });
  if (!failed) {
    const deployment = exported.parse(JSON.parse(stdout)).deployment;
    const pending = deployment?.pending_operations ?? [];
    return {
      resources: deployment?.resources ?? [],
      pending: pending.map((operation) => operation.resource),
    };
  }
  if (/no stack named/.test(stderr)) return { resources: [], pending: [] };
  throw new Error(`stack ${stack}: expected to read its state, got: ${stderr.trim()}`);
}
