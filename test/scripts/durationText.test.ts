import { expect, test } from "vitest";
import { durationText } from "../../scripts/durationText.ts";

test.each([
  [8.9, "8 s"],
  [60, "1 min"],
  [3600, "1 h 0 min"],
  [86_399, "23 h 59 min"],
  [273_600, "3 d 4 h"],
])("%d seconds are said as %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
