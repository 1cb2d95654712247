import { expect, test } from "vitest";
import { wholeNumber } from "../../scripts/wholeNumber.ts";

test.each(["1", "07", "99"])("%s is a whole number from 1 to 99", (text) => {
  expect(wholeNumber(1, 99)(text)).toBe(Number(text));
});

test.each(["", "0", "100", "-1", "1.5", "1e1", " 1", "many"])("%j is none", (text) => {
  expect(() => wholeNumber(1, 99)(text)).toThrow(`expected a whole number from 1 to 99, got ${text}`);
});

test("without a bound above, the one below is told", () => {
  expect(() => wholeNumber(1)("0")).toThrow("expected a whole number, 1 or more, got 0");
});
