import { afterAll, beforeAll, describe, test } from "vitest";
import { killUp, plannedKills, snapshots, timed } from "../support/killedUp.ts";
import { endTestCluster, freshTestCluster, type TestCluster } from "../support/testCluster.ts";
import { testSeed } from "../support/testSeed.ts";

/** The first up of fresh nodes that is not killed takes about this long; moments are uniform over it. */
const upSeconds = 12;

describe.sequential(`kill -9 in the middle of the first up (MINIRACK_TEST_SEED=${testSeed})`, {
  tags: "matrix",
}, () => {
  let cluster: TestCluster;
  let before: string[];

  beforeAll(async () => {
    cluster = await freshTestCluster({
      stack: "devg",
      clusterFile: "test/lab/small.yaml",
      lab: ["labg", 2600, "172.31.6.0/24"],
    });
    before = await snapshots(cluster);
  });
  afterAll(() => endTestCluster(cluster));

  test.each(plannedKills(3, testSeed, upSeconds))("of the $victim after $afterSeconds s", async (kill) => {
    const seconds = await timed(async () => console.log(await killUp(cluster, kill, before)));
    console.log(`${seconds} s in all`);
  });
});
