import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notebookMetadataSchema } from "../../runners/notebook/run/notebookMetadata.ts";
import type { RunOptions } from "../../runners/notebook/run/runOptions.ts";
import { endTestCluster, type TestCluster } from "../support/testCluster.ts";
import { provisionedRunsNode } from "./notebook/runsNode.ts";
import { sha256Of } from "./random/outputListing.ts";
import { endWorkshop, type RunWorkshop, runWorkshop, tryRandomRun } from "./random/randomRuns.ts";

/** What decides a landing is the same each time: other seeds are test:long's. */
const seeds = process.env.MINIRACK_TEST_SEEDS?.split(",").map(Number) ?? [1, 2, 3, 4, 5];

describe.sequential("a random run", { tags: "matrix" }, () => {
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

  test.each(seeds)(
    "of seed %i comes home whole, or what does not is named and stays on its node",
    async (seed) => {
      expect(await tryRandomRun(shop, seed)).toBeUndefined();
    },
  );

  const run = async (options: Pick<RunOptions, "file" | "kind" | "run">) => {
    const { value, error, lines } = await shop.controller.ask({ do: "run", options });
    expect(error).toBeUndefined();
    const folder = join(shop.project.root, "results", options.run);
    return { metadata: notebookMetadataSchema.parse(value), lines, folder };
  };

  test("a notebook that prints a gigabyte: its log is cut, which is named", async () => {
    const loud = "line = 'x' * 1023\nfor _ in range(1 << 20):\n    print(line)";
    const file = shop.project.notebook("20_loud.ipynb", loud, "print('the end')");
    const { metadata, lines, folder } = await run({ kind: "notebook", file, run: "loud" });
    expect([metadata.status, metadata.leftOut]).toEqual(["finished", undefined]);
    const logBytes = statSync(join(folder, "execution.log")).size;
    expect(logBytes).toBeLessThan(41e6);
    expect((metadata.logCutBytes ?? 0) + logBytes).toBeGreaterThan(2 ** 30);
    expect(lines.filter((line) => line.startsWith("execution.log is cut: the first 1"))).toHaveLength(1);
    expect(statSync(join(folder, "executed.ipynb")).size).toBeLessThan(6e6);
  });

  test("a script that prints a gigabyte without an end of line: its log comes whole", async () => {
    shop.project.write("src/loud.py", "for _ in range(1 << 14):\n    print('x' * (1 << 16), end='')\n");
    const { metadata, folder } = await run({ kind: "python", file: "src/loud.py", run: "long_line" });
    expect([metadata.status, metadata.logCutBytes]).toEqual(["finished", undefined]);
    expect(statSync(join(folder, "execution.log")).size).toBe(2 ** 30);
  });

  test("a file of 420 MB of random data comes whole", async () => {
    const write =
      "import hashlib, os\nhash = hashlib.sha256()\nwith open('/output/model.pt', 'wb') as file:\n    for _ in range(420):\n        part = os.urandom(10**6)\n        hash.update(part)\n        file.write(part)\nprint(hash.hexdigest())";
    const file = shop.project.notebook("21_large.ipynb", write);
    const { lines, folder } = await run({ kind: "notebook", file, run: "large" });
    expect(lines).toContain(await sha256Of(join(folder, "model.pt")));
  });

  test("this computer needs less than 300 MB for all of them", () => {
    console.log(`peak memory of the controller: ${Math.round(shop.controller.peakBytes / 1e6)} MB`);
    expect(shop.controller.peakBytes).toBeLessThan(300e6);
  });
});
