import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeVersion } from "../../scripts/testRuns/codeVersion.ts";
import { trySeeds } from "../../scripts/testRuns/seedsDone.ts";
import { provisionedRunsNode } from "../lab/notebook/runsNode.ts";
import { endWorkshop, type RunWorkshop, runWorkshop, tryRandomRun } from "../lab/random/randomRuns.ts";
import { endTestCluster, type TestCluster } from "../support/testCluster.ts";

describe.sequential("random runs on one node, until a hundred are green on one version of the code", () => {
  let cluster: TestCluster;
  let shop: RunWorkshop;

  beforeAll(async () => {
    cluster = await provisionedRunsNode();
    shop = runWorkshop(cluster);
  });
  afterAll(async () => {
    endWorkshop(shop);
    await endTestCluster(cluster);
  });

  test("each comes home whole, or what does not is named and stays on its node", async () => {
    const tryOne = async (seed: number) => {
      const broken = await tryRandomRun(shop, seed);
      const peakMegabytes = Math.round(shop.controller.peakBytes / 1e6);
      if (peakMegabytes >= 300)
        throw new Error(`expected less than 300 MB of memory, got ${peakMegabytes} MB`);
      return { broken, peakMegabytes };
    };
    const version = await codeVersion("runs");
    expect(await trySeeds({ kind: "runs", version, try: tryOne })).toEqual([]);
  });
});
