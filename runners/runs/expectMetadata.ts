import type { z } from "zod";
import type { Run } from "./listRuns.ts";

/** The first thing that is wrong with a run's metadata; undefined where nothing is. */
export function metadataProblem(rule: z.ZodType, metadata: unknown): string | undefined {
  if (metadata === undefined) return "metadata.json: expected a file of JSON, got something else";
  const [issue] = rule.safeParse(metadata).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const at = issue.path.length === 0 ? "" : ` ${issue.path.join(".")}:`;
  const found = issue.path.reduce<unknown>(valueAt, metadata);
  return `metadata.json:${at} expected what minirack writes there, got ${shown(found)}`;
}

/**
 * A run's metadata as its runner has it.
 * @throws Error with the first thing that is wrong
 */
export function expectMetadata<Schema extends z.ZodType>(rule: Schema, run: Run): z.output<Schema> {
  const read = rule.safeParse(run.metadata);
  if (read.success) return read.data;
  throw brokenError(run.name, metadataProblem(rule, run.metadata) ?? "");
}

/** The error for a folder that is none of minirack's. */
export function brokenError(name: string, problem: string): Error {
  return new Error(
    `run ${name}: ${problem}; bring back the file as it was, or take the folder out of results/`,
  );
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
