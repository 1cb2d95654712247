import { z } from "zod";
import type { LinkEnds, Pair } from "./linkEnds.ts";

const figure = z
  .object({
    gbps: z.number().describe("throughput in Gb/s, of the slower direction"),
    roundTripMs: z.number().describe("round trip in milliseconds, the shortest of five"),
    interface: z.string().describe("interface by which the first node's traffic leaves"),
    way: z.string().describe("interfaces and addresses that it was measured between"),
    trigger: z.string().optional().describe("trigger that it was measured for"),
  })
  .meta({ id: "LinkFigure" });
export type Figure = z.infer<typeof figure>;

/** First node → second node → what was measured between them. */
export const figuresSchema = z.record(z.string(), z.record(z.string(), figure));
export type Figures = z.infer<typeof figuresSchema>;

/** What a figure must be to count. */
export interface Claims {
  /** Least throughput in Gb/s; any will do without it. */
  minGbps?: number | undefined;
  /** Figures of another trigger are out of date. */
  trigger?: string | undefined;
}

/** A measured pair, as the stack outputs it. */
export interface MeasuredPair extends Pick<Figure, "gbps" | "roundTripMs" | "interface"> {
  from: string;
  to: string;
}

/** Between which interfaces and addresses a pair is measured, and whether they were said to be Wi-Fi. */
export function wayOf(ends: Record<string, WayEnd>, pair: Pair): string {
  const end = (name: string) => {
    const { interface: own, address, mayBeWireless } = ends[name] ?? {};
    return [own, address, ...(mayBeWireless ? ["Wi-Fi"] : [])].join(" ");
  };
  return pair.map(end).join(" - ");
}

type WayEnd = Pick<LinkEnds[string], "interface" | "address" | "mayBeWireless">;

/** The figure of a pair, where there is one that still holds. */
export function validFigure(
  figures: Figures,
  pair: Pair,
  ends: LinkEnds,
  { minGbps = 0, trigger }: Claims,
): Figure | undefined {
  const [from, to] = pair;
  const found = figures[from]?.[to];
  const isValid = found?.way === wayOf(ends, pair) && found.trigger === trigger && found.gbps >= minGbps;
  return isValid ? found : undefined;
}

/** Figures by pair as first node → second node → figure. */
export function figuresOf(entries: Iterable<readonly [Pair, Figure]>): Figures {
  const figures: Figures = {};
  for (const [[from, to], one] of entries) figures[from] = { ...figures[from], [to]: one };
  return figures;
}

/** The figures as a list of pairs. */
export function measuredPairs(figures: Figures): MeasuredPair[] {
  return Object.entries(figures).flatMap(([from, others]) =>
    Object.entries(others).map(([to, { gbps, roundTripMs, interface: name }]) => ({
      ...{ from, to, gbps, roundTripMs },
      interface: name,
    })),
  );
}
