import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabNodeProvider, labNodeProvider } from "../support/labNodeProvider.ts";
import { type TestLab, testLab } from "../support/testLab.ts";
import { tryRandomNode } from "./random/randomNodes.ts";
import { cycleLab } from "./settings/cycleLab.ts";

/** What decides a landing is the same each time: other seeds are test:long's. */
const seeds = process.env.MINIRACK_TEST_SEEDS?.split(",").map(Number) ?? [1, 2, 3, 4, 5];

describe.sequential("a random node, one setting up and down", { tags: "matrix" }, () => {
  let lab: TestLab;
  let provider: LabNodeProvider;

  beforeAll(async () => {
    const [stack, portBase, linkSubnet] = cycleLab;
    lab = await testLab(stack, portBase, linkSubnet, ["mini1"]);
    await lab.up();
    await lab.on("mini1", "apt-get -q update && apt-get -q -y install --no-install-recommends acl");
    provider = await labNodeProvider(stack, "");
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  test.each(seeds)("of seed %i is as before, or refused with exact words and unchanged", async (seed) => {
    expect(await tryRandomNode({ lab, provider }, seed)).toBeUndefined();
  });
});
