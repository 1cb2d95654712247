import { afterAll, beforeAll, describe, test } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { clusterOn, endTestCluster, type TestCluster } from "../support/testCluster.ts";
import { testSeed } from "../support/testSeed.ts";
import { type VmLab, vmLab } from "../support/vmLab.ts";
import { writeClusterFile } from "./powerCuts/clusterFile.ts";
import { cutUp, plannedCuts } from "./powerCuts/cut.ts";

describe.sequential(`power that goes in the middle of an up (MINIRACK_TEST_SEED=${testSeed})`, () => {
  let lab: VmLab;
  let cluster: TestCluster;
  let before: string;

  beforeAll(async () => {
    lab = await vmLab("labvm", 6000, "172.31.160.0/24");
    await lab.up();
    cluster = await clusterOn(lab, { stack: "devvm", clusterFile: await writeClusterFile(lab) });
    before = await labSnapshot("vm1", lab.stack);
  });
  afterAll(() => endTestCluster(cluster));

  test.each(plannedCuts(3, testSeed))("$afterSeconds s after the $of of $setting", async (moment) => {
    console.log(await cutUp(cluster, lab, moment, before));
  });
});
