import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closePool } from "../../provider/transport/pool.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { type FieldCase, fieldCases, writeFieldCluster } from "../support/fieldCases.ts";
import { unexcused } from "../support/labNodeExcuses.ts";
import { type LabNodeProvider, labNodeProvider } from "../support/labNodeProvider.ts";
import { fileAbove, fileNode, nodeProgram } from "../support/nodeProgram.ts";
import { type TestLab, testFolder, testLab } from "../support/testLab.ts";
import { cycleLab } from "./settings/cycleLab.ts";

const [stack, portBase, linkSubnet] = cycleLab;
const cases = fieldCases("node");

describe.sequential("field cases that a node decides", { tags: "matrix" }, () => {
  let lab: TestLab;
  let provider: LabNodeProvider;

  const programOf = async (one: FieldCase) => {
    const at = join(testFolder, stack, one.name);
    await rm(at, { recursive: true, force: true });
    await mkdir(at, { recursive: true, mode: 0o700 });
    const file = await writeFieldCluster(one, { at, node: fileNode(lab, one.node), above: fileAbove(lab) });
    return await nodeProgram(provider, stack, file);
  };

  beforeAll(async () => {
    lab = await testLab(stack, portBase, linkSubnet, [...new Set(cases.map(({ node }) => node))]);
    await lab.up();
    provider = await labNodeProvider(stack, "");
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  // what a case that failed has left would be the next one's to fail by
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await lab.up();
  });

  test.each(cases)("$name: $title", async (one) => {
    const onNode = async (script: string | undefined) => script && (await lab.on(one.node, script));
    await onNode(one.prepare);
    const before = await labSnapshot(one.node, stack);
    const program = await programOf(one);
    try {
      expect(await program.up()).toBe(one.up?.trimEnd() ?? "");
      await onNode(one.holds);
      if (one.up === undefined) expect(await program.drifts()).toEqual([]);
    } finally {
      await program.destroy();
      await closePool();
    }
    await onNode(one.left);
    expect(left(before, await labSnapshot(one.node, stack))).toEqual([]);
    await onNode(one.tidy);
  });
});

/** What differs; `vm.*` is the Docker host's, which other labs change as well. */
function left(before: string, after: string): string[] {
  return unexcused(before, after, [], new Set()).filter((line) => !line.includes(" vm/"));
}
