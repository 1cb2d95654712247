import { afterAll, beforeAll, expect, test } from "vitest";
import { codeVersion } from "../../scripts/testRuns/codeVersion.ts";
import { trySeeds } from "../../scripts/testRuns/seedsDone.ts";
import { wholeNode } from "../lab/random/nodes/randomNode.ts";
import { RandomNodes } from "../lab/random/nodes/randomNodes.ts";

let nodes: RandomNodes;
beforeAll(() => {
  nodes = new RandomNodes();
});
afterAll(() => nodes.close());

test("a hundred random nodes are as before, or refuse with exact words", async () => {
  const version = await codeVersion("nodes");
  const tried = async (seed: number) => ({ broken: await nodes.try(wholeNode, seed) });
  expect(await trySeeds({ kind: "nodes", version, try: tried })).toEqual([]);
});
