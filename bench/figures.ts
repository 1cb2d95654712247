import { z } from "zod";
import { median } from "./median.ts";

/** What is timed. */
export const cases = ["firstApply", "nothingToChange", "upNothingToChange", "oneDrift", "teardown"] as const;
export type BenchCase = (typeof cases)[number];

const place = {
  tool: z.string(),
  case: z.enum(cases),
  nodes: z.number().int(),
  /** Added to the way to a node and back together, in milliseconds. */
  latencyMs: z.number(),
};
const measured = z.strictObject({
  ...place,
  medianSeconds: z.number(),
  minSeconds: z.number(),
  maxSeconds: z.number(),
  runs: z.number().int().min(1),
});
const missing = z.strictObject({
  ...place,
  medianSeconds: z.null(),
  minSeconds: z.null(),
  maxSeconds: z.null(),
  runs: z.literal(0),
  reason: z.string(),
});

/** One tool's time for one case, or why it has none. */
export const figureSchema = z.union([measured, missing]);
export type Figure = z.infer<typeof figureSchema>;
export type MeasuredFigure = z.infer<typeof measured>;

/** What a time belongs to. */
export type Timed = Pick<Figure, "tool" | "case" | "nodes" | "latencyMs">;

/** Collects times, and reasons where there are none. */
export class Times {
  private readonly groups = new Map<string, { of: Timed; seconds: number[]; reason?: string }>();

  add(of: Timed, seconds: number): void {
    this.group(of).seconds.push(seconds);
  }

  /** The figure is dropped, whatever was timed for it before or is later. */
  drop(of: Timed, reason: string): void {
    this.group(of).reason = reason;
  }

  figures(): Figure[] {
    return [...this.groups.values()].map(({ of, seconds, reason }) =>
      reason === undefined ? figureOf(of, seconds) : withoutTime(of, reason),
    );
  }

  private group(of: Timed) {
    const key = JSON.stringify([of.tool, of.case, of.nodes, of.latencyMs]);
    const group = this.groups.get(key) ?? { of, seconds: [] };
    this.groups.set(key, group);
    return group;
  }
}

function figureOf(of: Timed, seconds: number[]): MeasuredFigure {
  return {
    ...of,
    medianSeconds: rounded(median(seconds)),
    minSeconds: rounded(Math.min(...seconds)),
    maxSeconds: rounded(Math.max(...seconds)),
    runs: seconds.length,
  };
}

function withoutTime(of: Timed, reason: string): Figure {
  return { ...of, medianSeconds: null, minSeconds: null, maxSeconds: null, runs: 0, reason };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
