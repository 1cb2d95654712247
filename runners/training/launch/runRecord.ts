import { z } from "zod";
import { epochSchema, startSchema, weightsSchema } from "./trainingEvent.ts";

/** results/RUN/metadata.json: where the numbers come from, and how the run ended. */
export const metadataSchema = z.object({
  run: z.string(),
  key: z.string(),
  status: z.enum(["finished", "failed", "stopped"]),
  exit: z.object({
    code: z.number().int().nullable().describe("null when the connection went first"),
    reason: z.string(),
  }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  seconds: z.number(),
  stack: z.string(),
  domain: z.string(),
  asked: z.record(z.string(), z.number()).describe("parameters of the launch; the rest are the domain's"),
  nodes: z.array(z.object({ name: z.string(), linkAddress: z.string() })),
  commit: z.string().optional().describe("git commit, with -dirty where files differed from it"),
  codeHash: z.string(),
  requirementsSha256: z.string(),
  lastLines: z.array(z.string()).optional().describe("of a run that did not finish: what it printed last"),
  start: startSchema.optional().describe("what the ranks said of themselves: parameters, versions, samples"),
});
export type Metadata = z.infer<typeof metadataSchema>;

/** results/RUN/metrics.json: the numbers. */
export const metricsSchema = z.object({ epochs: z.array(epochSchema), weights: weightsSchema.optional() });
export type Metrics = z.infer<typeof metricsSchema>;

/** A run as its folder holds it. */
export interface RunRecord {
  metadata: Metadata;
  metrics: Metrics;
}
