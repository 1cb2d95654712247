import { textTable } from "../textTable.ts";
import type { ComparedPair } from "./compareLinks.ts";

const heading = ["PAIR", "INTERFACE", "Gb/s THEN", "NOW", "ROUND TRIP ms THEN", "NOW", "VERDICT"];

/** One row per pair. */
export function linkTable(pairs: ComparedPair[]): string {
  return textTable([heading, ...pairs.map(row)]);
}

function row(pair: ComparedPair): string[] {
  const figures = [pair.gbpsBefore, pair.gbps, pair.roundTripMsBefore, pair.roundTripMs];
  const cells = figures.map((figure) => (figure === undefined ? "-" : String(figure)));
  return [`${pair.from} - ${pair.to}`, pair.interface, ...cells, pair.verdict];
}
