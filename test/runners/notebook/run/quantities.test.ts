import { expect, test } from "vitest";
import { bytesOf, bytesText, cpusOf, secondsOf } from "../../../../runners/notebook/run/quantities.ts";

test.each([
  ["512m", 2 ** 29],
  ["4g", 2 ** 32],
  ["4G", 2 ** 32],
  ["1.5g", 1.5 * 2 ** 30],
  ["6mb", 6 * 2 ** 20],
])("%s is %d bytes", (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

test.each(["4", "g", "-1g", "5m", "4 g", "1e3g", ""])("a memory of %j is refused", (text) => {
  expect(() => bytesOf(text)).toThrow(
    `expected a memory of at least 6m with its unit (512m, 4g), found ${text}`,
  );
});

test.each([
  ["90s", 90],
  ["1.5m", 90],
  ["1h", 3600],
  ["2d", 172_800],
])("%s is %d seconds", (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test.each(["90", "0s", "-1h", "1w", ""])("a time of %j is refused", (text) => {
  expect(() => secondsOf(text)).toThrow(
    `expected a time above 0 with its unit (90s, 30m, 1h), found ${text}`,
  );
});

test("processors may be parts of one", () => {
  expect(cpusOf("0.5")).toBe(0.5);
  expect(() => cpusOf("0")).toThrow("expected a number of processors (2, 0.5), found 0");
  expect(() => cpusOf("two")).toThrow("expected a number of processors (2, 0.5), found two");
});

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [14_541, "14.2 KiB"],
  [150 * 2 ** 20, "150 MiB"],
  [1.5 * 2 ** 30, "1.5 GiB"],
])("%d bytes are shown as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
