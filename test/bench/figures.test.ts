import { describe, expect, test } from "vitest";
import { figureSchema, Times } from "../../bench/figures.ts";
import { median } from "../../bench/median.ts";

const at = { tool: "minirack", case: "oneDrift", nodes: 8, latencyMs: 20 } as const;

describe("the median", () => {
  test("is the middle one, whatever their order", () => expect(median([9, 1, 2])).toBe(2));
  test("lies between the two in the middle", () => expect(median([4, 1, 3, 100])).toBe(3.5));
  test("of one is that one", () => expect(median([7])).toBe(7));
  test("of none is an error", () =>
    expect(() => median([])).toThrow("expected at least one value, got none"));
});

describe("times", () => {
  test("become median, spread and count for each tool, case, number of nodes and latency", () => {
    const times = new Times();
    for (const seconds of [3, 1.006, 2]) times.add(at, seconds);
    times.add({ ...at, nodes: 1 }, 5);
    expect(times.figures()).toEqual([
      { ...at, medianSeconds: 2, minSeconds: 1.01, maxSeconds: 3, runs: 3 },
      { ...at, nodes: 1, medianSeconds: 5, minSeconds: 5, maxSeconds: 5, runs: 1 },
    ]);
  });

  test("of a figure that was dropped are none, before and after; the reason stands for them", () => {
    const times = new Times();
    times.add(at, 1);
    times.drop(at, "it did not report an injected drift");
    times.add(at, 2);
    const [figure] = times.figures();
    expect(figure).toEqual({
      ...at,
      medianSeconds: null,
      minSeconds: null,
      maxSeconds: null,
      runs: 0,
      reason: "it did not report an injected drift",
    });
    expect(figureSchema.parse(figure)).toEqual(figure);
  });
});
