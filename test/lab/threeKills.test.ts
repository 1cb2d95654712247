import { afterAll, beforeAll, describe, test } from "vitest";
import { killUp, plannedKills, snapshots, timed } from "../support/killedUp.ts";
import { endTestCluster, freshTestCluster, type TestCluster } from "../support/testCluster.ts";

const seed = Number(process.env.MINIRACK_TEST_SEED ?? Math.floor(Math.random() * 1e9));
/** The first up of fresh nodes that is not killed takes about this long; moments are uniform over it. */
const upSeconds = 12;

describe.sequential(`kill -9 in the middle of the first up (MINIRACK_TEST_SEED=${seed})`, () => {
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

  test.each(plannedKills(3, seed, upSeconds))("of the $victim after $afterSeconds s", async (kill) => {
    const seconds = await timed(async () => console.log(await killUp(cluster, kill, before)));
    console.log(`${seconds} s in all`);
  });
});
