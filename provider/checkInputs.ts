import { z } from "zod";
import type { CheckFailure, Properties } from "./resource.ts";

/** Inputs with the rule's defaults, or what is wrong with them, property by property. */
export function checkInputs(
  rule: z.ZodType,
  inputs: Properties,
): { inputs: Properties; failures: CheckFailure[] } {
  const { success, data, error } = rule.safeParse(inputs);
  if (success) return { inputs: z.record(z.string(), z.json()).parse(data), failures: [] };
  const failures = error.issues.map((issue) => ({ path: issue.path.map(String), reason: issue.message }));
  return { inputs, failures };
}
