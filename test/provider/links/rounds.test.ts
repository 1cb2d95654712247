import { describe, expect, test } from "vitest";
import { pairsOf } from "../../../provider/links/linkEnds.ts";
import { roundsOf } from "../../../provider/links/rounds.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `mini${index + 1}`);

describe("rounds of measurements", () => {
  test.each([
    [2, 1],
    [3, 3],
    [4, 3],
    [7, 7],
    [32, 31],
  ])("of %i nodes are %i", (count, rounds) => {
    expect(roundsOf(pairsOf(names(count)))).toHaveLength(rounds);
  });

  test.each([2, 3, 8, 11])("have each pair of %i nodes once, and no node twice in a round", (count) => {
    const rounds = roundsOf(pairsOf(names(count)));
    const met = rounds.flat().map((pair) => pair.join(" "));
    expect(met.sort()).toEqual(
      pairsOf(names(count))
        .map((pair) => pair.join(" "))
        .sort(),
    );
    for (const round of rounds) expect(new Set(round.flat()).size).toBe(round.flat().length);
  });

  test("of a new node's pairs have one pair each", () => {
    const fresh = pairsOf(names(5)).filter((pair) => pair.includes("mini5"));
    expect(roundsOf(fresh).map((round) => round.length)).toEqual([1, 1, 1, 1]);
  });

  test("of no pair are none", () => {
    expect(roundsOf([])).toEqual([]);
  });
});
