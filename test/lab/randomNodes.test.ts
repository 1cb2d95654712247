import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oneSetting, wholeNode } from "./random/nodes/randomNode.ts";
import { RandomNodes } from "./random/nodes/randomNodes.ts";

/** What decides a landing is the same each time: other seeds are test:long's. */
const seeds = process.env.MINIRACK_TEST_SEEDS?.split(",").map(Number) ?? [1, 2, 3, 4, 5];

let nodes: RandomNodes;
beforeAll(() => {
  nodes = new RandomNodes();
});
afterAll(() => nodes.close());

describe.sequential("a random node", () => {
  test.each(seeds)("with one setting, of seed %i, is as before or refuses with exact words", async (seed) => {
    expect(await nodes.try(oneSetting, seed)).toBeUndefined();
  });

  const several = { tags: "matrix" };
  test.each(seeds)(
    "with several settings, of seed %i, is as before or refuses with exact words",
    several,
    async (seed) => {
      expect(await nodes.try(wholeNode, seed)).toBeUndefined();
    },
  );
});
