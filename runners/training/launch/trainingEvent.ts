import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const epochSchema = z.object({
  epoch: z.number(),
  loss: z.number().describe("mean over the training samples of all ranks"),
  heldOutLoss: z.number(),
  accuracy: z.number().describe("share of held-out samples answered right, 0 to 1"),
  samplesPerSecond: z.number().describe("all ranks together"),
  seconds: z.number(),
  syncSeconds: z.number().describe("rank 0's time in all-reduce, waiting for the slowest rank included"),
  bytesSynced: z.number().describe("bytes of gradients each rank handed to all-reduce"),
  peakMemoryBytes: z.number().int().optional().describe("the most memory that a rank has had so far"),
});
export type Epoch = z.infer<typeof epochSchema>;

export const weightsSchema = z.object({ perRankSha256: z.array(sha256), identical: z.boolean() });
export type Weights = z.infer<typeof weightsSchema>;

export const startSchema = z.object({
  domain: z.string(),
  parameters: z.record(z.string(), z.number()),
  parameterCount: z.number(),
  ranks: z.array(
    z.object({
      node: z.string(),
      python: z.string(),
      numpy: z.string(),
      mpi4py: z.string(),
      mpi: z.string(),
      code: sha256,
      samples: z.number(),
    }),
  ),
});
export type Start = z.infer<typeof startSchema>;

const eventSchema = z.discriminatedUnion("event", [
  startSchema.extend({ event: z.literal("start") }),
  epochSchema.extend({ event: z.literal("epoch") }),
  weightsSchema.extend({ event: z.literal("weights") }),
  z.object({ event: z.literal("end"), seconds: z.number() }),
  z.object({ event: z.literal("error"), rank: z.number(), node: z.string(), reason: z.string() }),
  z.object({ event: z.literal("lost"), address: z.string() }),
]);
/** What the ranks and their supervisor tell, one JSON object per line. */
export type TrainingEvent = z.infer<typeof eventSchema>;

/** The event in a line, and the text before it: a program's own output may lack its newline. */
export function parseLine(line: string): { text: string; event?: TrainingEvent } {
  const at = line.indexOf('{"event":');
  if (at < 0) return { text: line };
  const event = eventSchema.safeParse(parseJson(line.slice(at)));
  return event.success ? { text: line.slice(0, at), event: event.data } : { text: line };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
