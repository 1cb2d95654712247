import { expect, test } from "vitest";
import { isWorse, verdictOf } from "../../../scripts/measureLinks/verdict.ts";

test.each([
  [9.4, 9.1, undefined, "as before", false],
  [6.6, 9.4, undefined, "as before", false],
  [6.5, 9.4, undefined, "slower", true],
  [9.4, 6.5, undefined, "faster", false],
  [9.4, undefined, 5, "new", false],
  [4.9, 4.9, 5, "below 5 Gb/s", true],
  [undefined, 9.4, 5, "failed", true],
] as const)("%s Gb/s after %s, with %s wanted at least, is %s", (now, before, minGbps, verdict, worse) => {
  expect(verdictOf(now, before, minGbps)).toBe(verdict);
  expect(isWorse(verdict)).toBe(worse);
});
