import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type NodeRecord, readRecords } from "../../provider/nodeRecords.ts";
import { closePool } from "../../provider/transport/pool.ts";
import { failureOf } from "../support/failureOf.ts";
import { nodeSandbox } from "../support/nodeSandbox.ts";
import { hasLinuxShell } from "../support/realShell.ts";
import { scriptedNode } from "../support/scriptedNode.ts";

const record = (setting: string, entries = {}) =>
  JSON.stringify({ version: 1, stack: "minirack/dev", node: "mini1", setting, entries });

/** Reads the records of a node that has these: name → content. */
async function recordsOf(contents: Record<string, string>): Promise<NodeRecord[]> {
  const sandbox = nodeSandbox();
  const node = await scriptedNode({ react: ({ command, stdin }) => sandbox.run(command, stdin) });
  mkdirSync(sandbox.records);
  for (const [name, content] of Object.entries(contents))
    writeFileSync(join(sandbox.records, `${name}.json`), `${content}\n`);
  return await readRecords(node.target());
}

afterEach(() => closePool());

describe.runIf(hasLinuxShell)("the records of a node", () => {
  test("are none where there is no folder of ours, or an empty one", async () => {
    const node = await scriptedNode({ react: ({ command, stdin }) => nodeSandbox().run(command, stdin) });
    expect(await readRecords(node.target())).toEqual([]);
    expect(await recordsOf({})).toEqual([]);
  });

  test("come with their purpose and what was there before", async () => {
    expect(await recordsOf({ "files.training": record("files", { "/a": null }) })).toEqual([
      {
        setting: "files",
        purpose: "training",
        earlier: {
          version: 1,
          stack: "minirack/dev",
          node: "mini1",
          setting: "files",
          entries: { "/a": null },
        },
      },
    ]);
  });

  test("are in the order in which they can be given back: access last, what a runner needs first", async () => {
    const settings = [
      "caCertificates",
      "files",
      "linkAddress",
      "packages",
      "peers",
      "pythonEnvironment",
      "sshAccess",
    ];
    const contents = Object.fromEntries([...settings, "files.training"].map((name) => [name, record(name)]));
    const order = (await recordsOf(contents)).map(({ setting, purpose }) =>
      [setting, purpose].filter(Boolean).join("."),
    );
    expect(order).toEqual([
      "files.training",
      "peers",
      "files",
      "pythonEnvironment",
      "caCertificates",
      "packages",
      "linkAddress",
      "sshAccess",
    ]);
  });

  test.each([
    ["swap", record("swap"), "another setting"],
    ["files", '{"version":2}', "something else"],
    ["files", "no JSON", "something else"],
  ])("that another version wrote are refused: %s.json with %s", async (name, content, found) => {
    const { message } = await failureOf(recordsOf({ [name]: content }));
    expect(message).toBe(
      `node mini1: /var/lib/minirack/${name}.json: expected a record of this version of minirack, got ${found}; ` +
        "use the version that wrote it, or put it right by hand and remove it",
    );
  });
});
