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
  python: z.string().optional(),
  packages: z.record(z.string(), z.string()).optional().describe("name → version"),
  dvc: z.record(z.string(), z.string()).optional().describe("what DVC tracks → md5"),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** What Docker says of the container: `docker inspect --format '{{json .State}}'`. */
export const containerStateSchema = z.object({
  Running: z.boolean(),
  OOMKilled: z.boolean(),
  ExitCode: z.number().int(),
});
export type ContainerState = z.infer<typeof containerStateSchema>;

/** JSON of a rule, or undefined where the text is none of it: cut short, or `null`. */
export function parsedOr<Value>(rule: z.ZodType<Value>, text: string): Value | undefined {
  try {
    return rule.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
