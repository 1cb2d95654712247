import { expect, test } from "vitest";
import { pairsOf } from "../../../provider/links/linkEnds.ts";

test("pairs name each two nodes once, in the order in which people count", () => {
  expect(pairsOf(["mini10", "alpha", "mini2"])).toEqual([
    ["alpha", "mini2"],
    ["alpha", "mini10"],
    ["mini2", "mini10"],
  ]);
});
