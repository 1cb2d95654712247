import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/lab/labStack.ts";
import { type Kill, killUp, plannedKills, snapshots, timed } from "../support/killedUp.ts";
import { endTestCluster, freshTestCluster, type TestCluster } from "../support/testCluster.ts";
import { testSeed } from "../support/testSeed.ts";

const count = 20;

describe.sequential(`kill -9 in the middle of the first up, ${count} times (MINIRACK_TEST_SEED=${testSeed})`, () => {
  let cluster: TestCluster;
  const done: (Kill | { failed: string })[] = [];
  let upSeconds = 0;

  beforeAll(async () => {
    cluster = await freshTestCluster({
      stack: "devg",
      clusterFile: "test/lab/small.yaml",
      lab: ["labg", 2600, "172.31.6.0/24"],
    });
  });
  afterAll(async () => {
    const at = new Date().toISOString();
    const folder = join(root, "docs", "results");
    await mkdir(folder, { recursive: true });
    const result = {
      at,
      seed: testSeed,
      upSeconds,
      passed: done.filter((one) => !("failed" in one)).length,
      kills: done,
    };
    await writeFile(join(folder, `kills-${at.slice(0, 10)}.json`), `${JSON.stringify(result, null, 2)}\n`);
    await endTestCluster(cluster);
  });

  test("each time the next up converges, and destroy gives every node back", async () => {
    const before = await snapshots(cluster);
    upSeconds = await timed(() => cluster.pulumi("up", "--yes", "--skip-preview"));
    await cluster.pulumi("destroy", "--yes", "--skip-preview");
    for (const kill of plannedKills(count, testSeed, upSeconds)) {
      console.log(`${done.length + 1}: ${kill.victim} after ${kill.afterSeconds} s`);
      done.push(
        await killUp(cluster, kill, before).catch((error: unknown) => ({ failed: String(error), ...kill })),
      );
    }
    expect(done.filter((one) => "failed" in one)).toEqual([]);
  });
});
