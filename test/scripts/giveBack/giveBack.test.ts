import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { giveBack } from "../../../scripts/giveBack/giveBack.ts";
import { failureOf } from "../../support/failureOf.ts";
import { provisionedNode } from "../../support/provisionedNode.ts";
import { hasLinuxShell } from "../../support/realShell.ts";

const owner = { stack: "minirack/dev", id: "0123456789abcdef" };
const otherId = "fedcba9876543210";

afterEach(() => closePool());

/** A node with two files of ours, one of which was there before, and whose Pulumi state is lost. */
async function orphanedNode() {
  const made = await provisionedNode();
  const { resource, node, inputs, path } = made;
  writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
  const wanted = { ...inputs({ motd: "ours\n", fresh: "ours\n" }), stackId: owner.id };
  await resource.create(wanted, { stack: owner.stack, name: "mini1-files" });
  const said: string[] = [];
  const reached = { node: "mini1", connection: node.target().connection };
  const given = { reached, owner, say: (line: string) => void said.push(line) };
  return { ...made, given, said };
}

describe.runIf(hasLinuxShell)("giving a node back", () => {
  test("only tells what would be done, where it is not wanted", async () => {
    const { given, said, path, read, recordPath } = await orphanedNode();
    expect(await giveBack({ ...given, isWanted: false })).toEqual([
      {
        setting: "files",
        owner: owner.stack,
        id: owner.id,
        isOwn: true,
        entries: [
          { entry: path("motd"), action: "put back" },
          { entry: path("fresh"), action: "remove" },
        ],
      },
    ]);
    expect([read(path("motd")), existsSync(recordPath), said]).toEqual(["ours\n", true, []]);
  });

  test("puts everything back, and takes its records along", async () => {
    const { given, said, path, read, records } = await orphanedNode();
    const shown = await giveBack({ ...given, isWanted: true });
    expect(shown.map(({ setting }) => setting)).toEqual(["files"]);
    expect([read(path("motd")), existsSync(path("fresh")), existsSync(records)]).toEqual([
      "theirs\n",
      false,
      false,
    ]);
    expect(said).toEqual(["mini1: files is as it was"]);
    expect(await giveBack({ ...given, isWanted: true })).toEqual([]);
  });

  test("shows the records of others, and leaves them", async () => {
    const { given, said, resource, inputs, path, read } = await orphanedNode();
    const theirs = { ...inputs({ theirs: "theirs\n" }), purpose: "training", stackId: otherId };
    await resource.create(theirs, { stack: owner.stack, name: "mini1-files-training" });
    const shown = await giveBack({ ...given, isWanted: true });
    expect(shown.map((one) => [one.setting, one.purpose, one.id, one.isOwn])).toEqual([
      ["files", "training", otherId, false],
      ["files", undefined, owner.id, true],
    ]);
    expect(read(path("theirs"))).toBe("theirs\n");
    expect(said).toEqual(["mini1: files is as it was"]);
  });

  test("refuses a node that holds the records of others only", async () => {
    const { given, path, read } = await orphanedNode();
    const shelf = { stack: "minirack/dev", id: otherId };
    const error = await failureOf(giveBack({ ...given, owner: shelf, isWanted: true }));
    expect(error.message).toBe(
      "node mini1: expected records of minirack/dev (id fedcba9876543210), got those of minirack/dev (id 0123456789abcdef); " +
        "destroy that stack, or, where its state is lost, give back what it had: --take-over 0123456789abcdef",
    );
    expect(read(path("motd"))).toBe("ours\n");
    await giveBack({ ...given, owner: shelf, takeOver: owner.id, isWanted: true });
    expect(read(path("motd"))).toBe("theirs\n");
  });

  test("takes records of version 0.1.0, which have no id, by project and stack", async () => {
    const { given, path, read, recordPath } = await orphanedNode();
    const { id: _id, ...record } = JSON.parse(readFileSync(recordPath, "utf8"));
    writeFileSync(recordPath, `${JSON.stringify(record)}\n`);
    const error = await failureOf(giveBack({ ...given, isWanted: true }));
    expect(error.message).toContain("got those of minirack/dev; destroy that stack");
    expect(error.message).toContain("--take-over minirack/dev");
    await giveBack({ ...given, takeOver: "minirack/dev", isWanted: true });
    expect(read(path("motd"))).toBe("theirs\n");
  });
});
