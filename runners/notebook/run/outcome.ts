import { z } from "zod";

/** What the executor says of a run, in `/output/.minirack/outcome.json`; rewritten while the run goes on. */
export const outcomeSchema = z.object({
  status: z.enum(["running", "finished", "failed", "timeout", "outOfMemory", "stopped"]),
  reason: z.string().optional(),
  notebookSeconds: z.number().optional().describe("of the cells, or of the script"),
  cells: z
    .array(z.object({ index: z.number().int(), seconds: z.number(), status: z.string() }))
    .optional()
    .describe("code cells that have begun"),
  cellCount: z.number().int().optional().describe("code cells in all"),
  peakMemoryBytes: z.number().int().optional(),
  printedBytes: z.number().int().optional().describe("what a notebook has printed"),
  python: z.string().optional(),
  packages: z.record(z.string(), z.string()).optional().describe("name → version"),
  dvc: z.record(z.string(), z.string()).optional().describe("what DVC tracks → md5"),
});
export type Outcome = z.infer<typeof outcomeSchema>;
