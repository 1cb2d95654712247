import { expect, test } from "vitest";
import { ownRefusal } from "../../../provider/transport/nodeError.ts";

test("a node's own refusal is its last line", () => {
  expect(ownRefusal("noise\nexpected a, b, got c; do d; then e\n")).toEqual({
    ...{ expected: "a, b", found: "c", remedy: "do d; then e" },
  });
});

test("a refusal without end is none, and read no further than a line is long", () => {
  expect(ownRefusal(`expected a${", got b".repeat(2 ** 20)}`)).toBeUndefined();
});
