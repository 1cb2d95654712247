import { z } from "zod";
import type { PreparedPulumi } from "./prepare.ts";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  inputs: z.record(z.string(), z.json()).default({}),
  outputs: z.record(z.string(), z.json()).optional(),
});

const exported = z.object({
  deployment: z.object({ resources: z.array(resource).nullish() }).nullish(),
});

/** A resource as a stack's state has it; secrets are ciphertext. */
export type ExportedResource = z.infer<typeof resource>;

/** All resources in a stack's state; none where there is no such stack. */
export async function exportedResources(
  { pulumi }: PreparedPulumi,
  stack: string,
): Promise<ExportedResource[]> {
  const { stdout, stderr, failed } = await pulumi(["stack", "export", "--stack", stack], { reject: false });
  if (!failed) return exported.parse(JSON.parse(stdout)).deployment?.resources ?? [];
  if (/no stack named/.test(stderr)) return [];
  throw new Error(`stack ${stack}: expected to read its state, got: ${stderr.trim()}`);
}
