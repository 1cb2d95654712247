import { z } from "zod";
import { runMetadataSchema } from "../../runs/runMetadata.ts";
import { epochSchema, startSchema, weightsSchema } from "./trainingEvent.ts";

/** The metadata of a training run: what every run's has, and its own. */
export const metadataSchema = runMetadataSchema.extend({
  runner: z.literal("training"),
  nodes: z.array(
    z.object({
      name: z.string().describe("in the cluster file, in the order of ranks"),
      linkAddress: z.string().describe("where the other ranks reached it"),
    }),
  ),
  training: z
    .object({
      domain: z.string().describe("what was trained: `domains/DOMAIN.py`"),
      asked: z
        .record(z.string(), z.number())
        .describe("parameters of the launch; the rest are the domain's own"),
      start: startSchema.optional().describe("what the ranks said of themselves: versions, samples, weights"),
    })
    .describe("of a training run"),
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
