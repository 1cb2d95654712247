import { expect, test } from "vitest";
import { clockSkewSeconds } from "../../../scripts/clusterCheck/clockSkew.ts";

test.each([
  [100, 0],
  [101, 0],
  [100.5, 0],
  [96, -4],
  [105.5, 4.5],
])("a clock that said %d between 100 and 101 is off by %d s", (clock, skew) => {
  expect(clockSkewSeconds(clock, 100, 101)).toBe(skew);
});
