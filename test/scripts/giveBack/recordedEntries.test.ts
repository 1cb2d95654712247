import { rmSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { readRecords } from "../../../provider/nodeRecords.ts";
import { closePool } from "../../../provider/transport/pool.ts";
import { recordedEntries } from "../../../scripts/giveBack/recordedEntries.ts";
import { provisionedNode } from "../../support/provisionedNode.ts";
import { hasLinuxShell } from "../../support/realShell.ts";

afterEach(() => closePool());

describe.runIf(hasLinuxShell)("giving back", () => {
  test("removes what was absent, puts back what was changed, and leaves what is as it was", async () => {
    const { resource, node, inputs, path } = await provisionedNode();
    writeFileSync(path("changed"), "theirs\n", { mode: 0o644 });
    const wanted = inputs({ changed: "ours\n", fresh: "ours\n", removed: "ours\n" });
    await resource.create(wanted, { stack: "minirack/dev", name: "mini1-files" });
    rmSync(path("removed")); // by hand, meanwhile
    const target = node.target();
    const [record] = await readRecords(target);
    if (record === undefined) throw new Error("expected a record of files, got none");
    const entries = await recordedEntries(record, target, {});
    expect(entries.sort((a, b) => (a.entry < b.entry ? -1 : 1))).toEqual([
      { entry: path("changed"), action: "put back" },
      { entry: path("fresh"), action: "remove" },
      { entry: path("removed"), action: "nothing" },
    ]);
  });
});
