import { describe, expect, test } from "vitest";
import { loadCluster } from "../../config/cluster.ts";
import { fieldCases, fieldCaseValues, stageOf, writeFieldCluster } from "../support/fieldCases.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const node = { name: "mini1", host: "127.0.0.1" };

describe("field cases that a cluster file decides", () => {
  test.each(fieldCases("load"))("$name: $title", async (one) => {
    const at = temporaryFolder();
    const file = await writeFieldCluster(one, { at, node, above: { user: "rack" } });
    const load = () => loadCluster(file, "field").nodes[0]?.settings;
    if (one.up === undefined) expect(load()).toMatchObject(Object(one.loads));
    else expect(failure(load).replaceAll(file, "cluster.yaml")).toBe(one.up.trimEnd());
  });

  test("each case is of one stage, and says where it was reported", () => {
    for (const { name, value } of fieldCaseValues()) {
      expect({ name, stage: stageOf(value), source: value.source }).toMatchObject({
        source: expect.arrayContaining([expect.any(String)]),
      });
    }
  });
});

function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
