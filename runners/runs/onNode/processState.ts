import { z } from "zod";

/** How a run's process stands, in Docker's words: `docker inspect --format '{{json .State}}'`. */
export const processStateSchema = z.object({
  Running: z.boolean(),
  OOMKilled: z.boolean(),
  ExitCode: z.number().int(),
  FinishedAt: z.string().optional().describe("ISO 8601, by the node's clock"),
});
export type ProcessState = z.infer<typeof processStateSchema>;

/** JSON of a rule, or undefined where the text is none of it: cut short, or `null`. */
export function parsedOr<Value>(rule: z.ZodType<Value>, text: string): Value | undefined {
  try {
    return rule.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** When a run ended, by its node's clock; now where that does not say. */
export function finishedAt(state: ProcessState | undefined): Date {
  const told = Date.parse(state?.FinishedAt ?? "");
  return Number.isNaN(told) ? new Date() : new Date(Math.min(told, Date.now()));
}
