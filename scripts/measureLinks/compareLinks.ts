import type { Figures } from "../../provider/links/figures.ts";
import { type Pair, pairsOf } from "../../provider/links/linkEnds.ts";
import { measureLinks } from "../../provider/links/measureLinks.ts";
import { chooseNodes } from "../nodes/chooseNodes.ts";
import type { OpenStack } from "../nodes/stackNodes.ts";
import { askedPairs, linkedNodes, reachedEnds } from "./linkedNodes.ts";
import { storedFigures } from "./storedFigures.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** A pair as it is now beside what the state has of it. */
export interface ComparedPair {
  from: string;
  to: string;
  /** Interface of the first node. */
  interface: string;
  /** Throughput in Gb/s at the last `pulumi up`, and now. */
  gbpsBefore: number | undefined;
  gbps: number | undefined;
  /** Round trip in milliseconds at the last `pulumi up`, and now. */
  roundTripMsBefore: number | undefined;
  roundTripMs: number | undefined;
  verdict: Verdict;
}

/** Every pair that was asked for, and why some could not be measured. */
export interface ComparedLinks {
  pairs: ComparedPair[];
  errors: string[];
}

/**
 * Measures now and compares with the state.
 * @param names the pairs of these nodes with one another, or of a single one with all; every pair where none is named
 */
export async function compareLinks(opened: OpenStack, names: string[]): Promise<ComparedLinks> {
  const chosen = chooseNodes(opened, names).map(({ spec }) => spec.name);
  const linked = linkedNodes(opened.nodes);
  const asked = askedPairs(pairsOf(linked.map(({ name }) => name)), chosen);
  const { ends, errors } = await reachedEnds(linked, asked);
  const reached = asked.filter((pair) => pair.every((name) => ends.has(name)));
  const { figures: now, failures } = await measureLinks(ends, reached, {});
  const [before, minGbps] = [storedFigures(opened.resources), opened.cluster.links?.minGbps];
  const pairs = asked.map((pair) => {
    const own = linked.find(({ name }) => name === pair[0])?.interface ?? "";
    return { ...compared(pair, { before, now, minGbps }), interface: own };
  });
  return { pairs, errors: [...errors, ...failures.map(({ error }) => error.message)].sort() };
}

interface Known {
  before: Figures;
  now: Figures;
  minGbps: number | undefined;
}

function compared([from, to]: Pair, { before, now, minGbps }: Known): Omit<ComparedPair, "interface"> {
  const [then, found] = [before[from]?.[to], now[from]?.[to]];
  return {
    from,
    to,
    gbpsBefore: then?.gbps,
    gbps: found?.gbps,
    roundTripMsBefore: then?.roundTripMs,
    roundTripMs: found?.roundTripMs,
    verdict: verdictOf(found?.gbps, then?.gbps, minGbps),
  };
}
