import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { PartlyDone } from "../../provider/server/partlyDone.ts";
import { settingByKey } from "../../provider/settings/index.ts";
import { closePool } from "../../provider/transport/pool.ts";
import { failureOf } from "../support/failureOf.ts";
import { provisionedNode } from "../support/provisionedNode.ts";
import { hasLinuxShell } from "../support/realShell.ts";

const dev = { stack: "minirack/dev", name: "mini1-files" };
const other = { stack: "minirack/other", name: "mini1-files" };

afterEach(async () => {
  vi.restoreAllMocks();
  await closePool();
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

describe.runIf(hasLinuxShell)("create", () => {
  test("makes it true and returns what was seen", async () => {
    const { resource, inputs, path, read } = await provisionedNode();
    const { id, state } = await resource.create(inputs({ motd: "ours\n" }), dev);
    expect(id).toBe("mini1/files");
    expect(state).toEqual(inputs({ motd: "ours\n" }));
    expect(read(path("motd"))).toBe("ours\n");
  });

  test("records on the node what was there before, and who changed it", async () => {
    const { resource, inputs, path, record, file } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    await resource.create(inputs({ motd: "ours\n", fresh: "x" }), dev);
    expect(record()).toEqual({
      version: 1,
      stack: "minirack/dev",
      node: "mini1",
      setting: "files",
      entries: { [path("motd")]: file("theirs\n"), [path("fresh")]: null },
    });
  });

  test("has the record before it changes anything", async () => {
    const { resource, inputs, path, record, file, recordPath } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const error = await failureOf(resource.create(inputs({ motd: "ours\n" }, "nobody-here:no"), dev));
    expect(error.message).toContain("node mini1: files: expected to write ");
    expect(readFileSync(path("motd"), "utf8")).toBe("theirs\n");
    expect(existsSync(recordPath)).toBe(true);
    expect(record().entries).toEqual({ [path("motd")]: file("theirs\n") });
  });

  test("that finds its own record keeps it: it was killed after the change", async () => {
    const { resource, inputs, path, record, file, read } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    await resource.create(inputs({ motd: "ours\n" }), dev);
    await resource.create(inputs({ motd: "ours, later\n" }), dev);
    expect(read(path("motd"))).toBe("ours, later\n");
    expect(record().entries).toEqual({ [path("motd")]: file("theirs\n") });
  });

  test("that finds another stack's record refuses", async () => {
    const { resource, inputs, path, read } = await provisionedNode();
    await resource.create(inputs({ motd: "ours\n" }), other);
    const error = await failureOf(resource.create(inputs({ motd: "mine\n" }), dev));
    expect(error.message).toBe(
      "node mini1: files: expected to be managed by stack minirack/dev alone, got the record of stack minirack/other; " +
        "destroy it there first (pulumi destroy --stack other), or leave the node to it; where its state is lost, " +
        "scripts/give-back mini1 --stack dev --take-over minirack/other gives the node back, " +
        "and MINIRACK_TAKE_OVER=minirack/other before this command takes it over",
    );
    expect(read(path("motd"))).toBe("ours\n");
  });

  test("that finds the record of another stack of the same name refuses, until it is taken over by its id", async () => {
    const { resource, inputs, path, read, record } = await provisionedNode();
    const [theirs, mine] = ["0123456789abcdef", "fedcba9876543210"];
    await resource.create({ ...inputs({ motd: "ours\n" }), stackId: theirs }, dev);
    const wanted = { ...inputs({ motd: "mine\n" }), stackId: mine };
    const error = await failureOf(resource.create(wanted, dev));
    expect(error.message).toContain(
      `node mini1: files: expected to be managed by stack minirack/dev (id ${mine}) alone, got the record of stack minirack/dev (id ${theirs}); destroy it there first`,
    );
    expect(read(path("motd"))).toBe("ours\n");
    vi.stubEnv("MINIRACK_TAKE_OVER", theirs);
    const { id } = await resource.create(wanted, dev);
    vi.unstubAllEnvs();
    expect(record()).toMatchObject({ id: mine, entries: { [path("motd")]: null } });
    await resource.delete(id, wanted, dev);
    expect(existsSync(path("motd"))).toBe(false);
  });

  test("refuses a record without an id, which version 0.1.0 wrote: a state that has the resource may own it", async () => {
    const { resource, inputs, record } = await provisionedNode();
    const before = inputs({ motd: "ours\n" });
    const { id, state } = await resource.create(before, dev);
    const wanted = { ...before, stackId: "0123456789abcdef" };
    const error = await failureOf(resource.create(wanted, dev));
    expect(error.message).toContain("(id 0123456789abcdef) alone, got the record of stack minirack/dev;");
    await resource.update(id, { from: before, to: wanted, state }, dev);
    expect(record()).toMatchObject({ id: "0123456789abcdef" });
  });

  test("that failed when it had begun is known to the state: the next up goes on, and a destroy undoes it", async () => {
    const { resource, inputs, path, read, recordPath } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const wrong = inputs({ motd: "ours\n" }, "nobody-here:no");
    const error = await failureOf(resource.create(wrong, dev));
    if (!(error instanceof PartlyDone)) throw error;
    expect([error.id, error.state]).toEqual(["mini1/files", { node: "mini1", connection: wrong.connection }]);
    const right = inputs({ motd: "ours\n" });
    await resource.update(error.id, { from: right, to: right, state: error.state }, dev);
    expect(read(path("motd"))).toBe("ours\n");
    await resource.delete(error.id, right, dev);
    expect([read(path("motd")), existsSync(recordPath)]).toEqual(["theirs\n", false]);
  });

  test("that failed before it changed anything is not", async () => {
    const { resource, inputs, node } = await provisionedNode();
    await node.stop();
    expect(await failureOf(resource.create(inputs({ motd: "x" }), dev))).not.toBeInstanceOf(PartlyDone);
  });

  test("with nothing to change and its record there only reads", async () => {
    const { resource, inputs, node } = await provisionedNode();
    await resource.create(inputs({ motd: "ours\n" }), dev);
    const before = node.scripts.length;
    await resource.create(inputs({ motd: "ours\n" }), dev);
    expect(node.scripts.length - before).toBe(1);
  });

  test("whose connection was cut does nothing when it comes to its turn after others had theirs", async () => {
    const { resource, inputs, node, runs, path, records } = await provisionedNode();
    const { id } = await resource.create(inputs({ motd: "ours\n" }), dev);
    const late = node.asked.at(-1) ?? { command: "", stdin: "" };
    await resource.delete(id, inputs({ motd: "ours\n" }), dev);
    const { code } = await runs(late);
    expect([code, existsSync(path("motd")), existsSync(records)]).toEqual([76, false, false]);
  });

  test("keeps a purpose of its own apart", async () => {
    const { resource, inputs, path, read, recordPath } = await provisionedNode();
    await resource.create(inputs({ motd: "ours\n" }), dev);
    const { id } = await resource.create({ ...inputs({ code: "y" }), purpose: "training" }, dev);
    expect(id).toBe("mini1/files/training");
    await resource.delete(id, { ...inputs({ code: "y" }), purpose: "training" }, dev);
    expect([existsSync(path("code")), read(path("motd"))]).toEqual([false, "ours\n"]);
    expect(existsSync(recordPath)).toBe(true);
  });
});

describe.runIf(hasLinuxShell)("a change that does not last", () => {
  test("is an error", async () => {
    const { resource, inputs } = await provisionedNode({ plan: () => ["true"] });
    const error = await failureOf(resource.create(inputs({ motd: "ours\n" }), dev));
    expect(error.message).toMatch(
      /^node mini1: files: expected \S+\/motd to be another text \(\d+ bytes\) after the change, got absent; each step succeeded, and the node shows this; write it as the node shows it, or see what there decides it$/,
    );
  });

  test("and a refusal of the node's is the whole error", async () => {
    const plan = () => ["echo fine", "echo noise >&2; echo 'expected a, got b; write c' >&2; exit 1"];
    const { resource, inputs } = await provisionedNode({ plan });
    const error = await failureOf(resource.create(inputs({ motd: "ours\n" }), dev));
    expect(error.message).toBe("node mini1: files: expected a, got b; write c");
  });

  test("or that fails half-way says which command, and its last words", async () => {
    const plan = () => ["echo fine", "echo 'E: no space left' >&2; exit 100"];
    const { resource, inputs } = await provisionedNode({ plan });
    const error = await failureOf(resource.create(inputs({ motd: "ours\n" }), dev));
    expect(error.message).toBe(
      "node mini1: files: expected to echo, got exit code 100: fine\n" +
        "E: no space left; mend what the lines above say, then run the command again: it goes on where it stopped",
    );
  });

  test("or that waited in vain for the lock says whose it is", async () => {
    const { resource, inputs } = await provisionedNode({ lockIsHeld: true });
    const error = await failureOf(resource.create(inputs({ motd: "ours\n" }), dev));
    expect(error).not.toBeInstanceOf(PartlyDone); // nothing has begun
    expect(error.message).toBe(
      "node mini1: files: expected the lock /run/minirack/files.lock within 600 s, got another process that holds it; see on " +
        "the node which it is (sudo fuser -v /run/minirack/files.lock), wait until it has ended, then run the command again",
    );
  });
});

describe.runIf(hasLinuxShell)("update", () => {
  test("gives back what is no longer wanted, and keeps the rest of the record", async () => {
    const { resource, inputs, path, record, read } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const from = inputs({ motd: "ours\n", fresh: "x", stays: "y" });
    const { id, state } = await resource.create(from, dev);
    const to = inputs({ stays: "z" });
    expect(await resource.update(id, { from, to, state }, dev)).toEqual(to);
    expect([read(path("motd")), existsSync(path("fresh")), read(path("stays"))]).toEqual([
      "theirs\n",
      false,
      "z",
    ]);
    expect(record().entries).toEqual({ [path("stays")]: null });
  });

  test("makes the rest true where an entry that is dropped cannot go back", async () => {
    const files = settingByKey("files").linux;
    const plan: typeof files.plan = (...given) =>
      files
        .plan(...given)
        .map((step) => (/^(remove_file|give_original_back) .*stuck/.test(step) ? "false" : step));
    const { resource, inputs, path, record, read } = await provisionedNode({ plan });
    const from = inputs({ stuck: "x", stays: "y" });
    const { id, state } = await resource.create(from, dev);
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    const to = inputs({ stays: "z" });
    expect(await resource.update(id, { from, to, state }, dev)).toEqual(to);
    expect([read(path("stays")), Object.keys(record().entries).sort(), told.mock.calls.length]).toEqual([
      "z",
      [path("stays"), path("stuck")].sort(),
      1,
    ]);
  });

  test("keeps what somebody wrote between our look and our change: it looks again", async () => {
    let wrote = () => {};
    const { resource, inputs, path, record, file, read } = await provisionedNode({
      beforeChange: () => wrote(),
    });
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    wrote = () => {
      writeFileSync(path("motd"), "theirs, later\n");
      wrote = () => {};
    };
    await resource.create(inputs({ motd: "ours\n" }), dev);
    expect([read(path("motd")), record().entries]).toEqual([
      "ours\n",
      { [path("motd")]: file("theirs, later\n") },
    ]);
  });

  test("of the connection alone touches no node", async () => {
    const { resource, inputs, node } = await provisionedNode();
    const from = inputs({ motd: "ours\n" });
    const connection = { ...node.target().connection, port: 1 };
    const to = { ...from, connection };
    expect(await resource.update("mini1/files", { from, to, state: from }, dev)).toEqual(to);
    expect(node.connections).toBe(0);
  });

  test("repairs drift that was seen since", async () => {
    const { resource, inputs, path, read } = await provisionedNode();
    const wanted = inputs({ motd: "ours\n" });
    const { id, state } = await resource.create(wanted, dev);
    writeFileSync(path("motd"), "tampered\n");
    const seen = await resource.read(id, wanted, state, dev);
    await resource.update(id, { from: seen?.inputs ?? {}, to: wanted, state }, dev);
    expect(read(path("motd"))).toBe("ours\n");
  });
});

describe.runIf(hasLinuxShell)("delete", () => {
  test("puts back what was there before, and leaves no trace", async () => {
    const { resource, inputs, path, read, records } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const wanted = inputs({ motd: "ours\n", "deep/er/file": "x" });
    const { id } = await resource.create(wanted, dev);
    await resource.delete(id, wanted, dev);
    expect([read(path("motd")), existsSync(path("deep")), existsSync(records)]).toEqual([
      "theirs\n",
      false,
      false,
    ]);
  });

  test("of a setting whose last entry went before", async () => {
    const { resource, inputs, recordPath } = await provisionedNode();
    const from = inputs({ motd: "ours\n" });
    const { id, state } = await resource.create(from, dev);
    await resource.update(id, { from, to: inputs({}), state }, dev);
    await resource.delete(id, inputs({}), dev);
    expect(existsSync(recordPath)).toBe(false);
  });

  test("gives a folder its mode back; one that we made and others use stays, and that is told", async () => {
    const { resource, inputs, path, file, recordPath } = await provisionedNode();
    mkdirSync(path("theirs"));
    chmodSync(path("theirs"), 0o2700);
    const folder = { mode: "0755", owner: file("").owner };
    const folders = [path("theirs/"), path("new/empty/"), path("new/used/")];
    const wanted = { ...inputs({}), files: Object.fromEntries(folders.map((one) => [one, folder])) };
    const { id } = await resource.create(wanted, dev);
    expect(folders.map(modeOf)).toEqual(["755", "755", "755"]);
    writeFileSync(path("new/used/notes"), "theirs");
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await resource.delete(id, wanted, dev);
    expect(told.mock.calls).toEqual([
      [
        `node mini1: files: ${path("new/used")} stays: it is not empty; remove it with what is in it, or leave it`,
      ],
    ]);
    expect([modeOf(path("theirs")), existsSync(path("new/empty")), existsSync(recordPath)]).toEqual([
      "2700",
      false,
      false,
    ]);
    expect(existsSync(path("new/used/notes"))).toBe(true);
  });

  test("of a file leaves the folder that is wanted itself; both gone, so is a folder that the file brought", async () => {
    const { resource, inputs, path, file, records } = await provisionedNode();
    const folder = { mode: "0755", owner: file("").owner };
    const one = inputs({ "data/notes": "x" });
    const { id, state } = await resource.create(one, dev);
    const both = { ...one, files: { [path("data/notes")]: file("x"), [path("data/")]: folder } };
    const made = await resource.update(id, { from: one, to: both, state }, dev);
    const left = { ...one, files: { [path("data/")]: folder } };
    await resource.update(id, { from: both, to: left, state: made }, dev);
    expect(readdirSync(path("data"))).toEqual([]);
    await resource.delete(id, left, dev);
    expect([existsSync(path("data")), existsSync(records)]).toEqual([false, false]);
  });

  test("of an entry that cannot go back puts back all others, warns, and keeps a record of that one", async () => {
    let isStuck = true;
    const files = settingByKey("files").linux;
    const plan: typeof files.plan = (...given) =>
      files
        .plan(...given)
        .map((step) =>
          isStuck && /^(remove_file|give_original_back) .*stuck/.test(step) ? `echo no >&2; false` : step,
        );
    const { resource, inputs, path, read, record, records } = await provisionedNode({ plan });
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const wanted = inputs({ stuck: "x", motd: "ours\n", fresh: "x" });
    const { id } = await resource.create(wanted, dev);
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await resource.delete(id, wanted, dev);
    expect([read(path("motd")), existsSync(path("fresh")), record().entries]).toEqual([
      "theirs\n",
      false,
      { [path("stuck")]: null },
    ]);
    expect(told.mock.calls).toEqual([
      [
        `node mini1: files: expected ${path("stuck")} to go back to what it was, got exit code 1: no where minirack tried ` +
          "to echo; mend that on the node; it stays in /var/lib/minirack/files.json, and destroy tries it again",
      ],
    ]);
    isStuck = false;
    await resource.delete(id, wanted, dev);
    expect([existsSync(path("stuck")), existsSync(records)]).toEqual([false, false]);
  });

  test("of an entry that cannot be read, as a link stands where a folder was, puts back all others", async () => {
    const { resource, inputs, path, file, read, record, records } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n", { mode: 0o644 });
    const wanted = inputs({ motd: "ours\n", fresh: "x" });
    const entries = { ...Object(wanted.files), [path("folder/")]: { mode: "0755", owner: file("").owner } };
    const both = { ...wanted, files: entries };
    const { id } = await resource.create(both, dev);
    rmdirSync(path("folder"));
    symlinkSync(path("motd"), path("folder"));
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await resource.delete(id, both, dev);
    expect([read(path("motd")), existsSync(path("fresh")), record().entries]).toEqual([
      "theirs\n",
      false,
      { [path("folder/")]: null },
    ]);
    expect(told.mock.calls).toEqual([
      [
        `node mini1: files: expected ${path("folder/")} to go back to what it was, got a symbolic link where minirack expected ` +
          `${path("folder/")} to be a folder (move it away or choose another path); mend that on the node; it stays in /var/lib/minirack/files.json, and destroy tries it again`,
      ],
    ]);
    unlinkSync(path("folder"));
    await resource.delete(id, both, dev);
    expect(existsSync(records)).toBe(false);
  });

  test("does not take a step that did nothing for done", async () => {
    const files = settingByKey("files").linux;
    const plan: typeof files.plan = (...given) =>
      files.plan(...given).map((step) => (/^(remove_file|give_original_back) /.test(step) ? ":" : step));
    const { resource, inputs, path, record } = await provisionedNode({ plan });
    const wanted = inputs({ fresh: "x" });
    const { id } = await resource.create(wanted, dev);
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    await resource.delete(id, wanted, dev);
    expect(record().entries).toEqual({ [path("fresh")]: null });
    expect(told.mock.calls[0]?.[0]).toContain(
      "got no change of it, without an error where minirack expected",
    );
  });

  test("without a record changes nothing", async () => {
    const { resource, inputs, path, read, records } = await provisionedNode();
    writeFileSync(path("motd"), "theirs\n");
    await resource.delete("mini1/files", inputs({ motd: "ours\n" }), dev);
    expect([read(path("motd")), existsSync(records)]).toEqual(["theirs\n", false]);
  });

  test("after one that was cut when it had forgotten the record removes the folders that we made", async () => {
    const { resource, inputs, path, recordPath, records } = await provisionedNode();
    const { id } = await resource.create(inputs({ "notes/motd": "ours\n" }), dev);
    for (const gone of [path("notes/motd"), recordPath]) rmSync(gone);
    await resource.delete(id, inputs({ "notes/motd": "ours\n" }), dev);
    expect([existsSync(path("notes")), existsSync(records)]).toEqual([false, false]);
  });

  test("of another stack's is refused", async () => {
    const { resource, inputs, path, read } = await provisionedNode();
    const { id } = await resource.create(inputs({ motd: "ours\n" }), other);
    const error = await failureOf(resource.delete(id, inputs({ motd: "ours\n" }), dev));
    expect(error.message).toContain("got the record of stack minirack/other");
    expect(read(path("motd"))).toBe("ours\n");
  });
});

describe.runIf(hasLinuxShell)("read", () => {
  test("tells drift entry by entry, in state and inputs", async () => {
    const { resource, inputs, path } = await provisionedNode();
    const wanted = inputs({ motd: "ours\n", issue: "x" });
    const { id, state } = await resource.create(wanted, dev);
    writeFileSync(path("motd"), "tampered\n");
    const seen = await resource.read(id, wanted, state, dev);
    const expected = inputs({ motd: "tampered\n", issue: "x" });
    expect(seen).toEqual({ id, inputs: expected, state: expected });
  });

  test("of what is gone is undefined", async () => {
    const { resource, inputs } = await provisionedNode();
    expect(await resource.read("mini1/files", inputs({ motd: "x" }), {}, dev)).toBeUndefined();
  });

  test("of a node that is down is an error, never gone", async () => {
    const { resource, inputs, node } = await provisionedNode();
    await node.stop();
    const error = await failureOf(resource.read("mini1/files", inputs({ motd: "x" }), {}, dev));
    expect(error.message).toContain("node mini1: connect: expected sshd at 127.0.0.1:");
  });

  test("of an import asks what is wanted by the id", async () => {
    const { resource, path, inputs } = await provisionedNode();
    writeFileSync(path("imported"), "there", { mode: 0o644 });
    const seen = await resource.read("mini1/files", undefined, {}, dev);
    expect(seen?.inputs).toEqual(inputs({ imported: "there" }));
  });

  test("of an import has what the node's record says is ours too", async () => {
    const { resource, inputs, path } = await provisionedNode();
    const wanted = inputs({ motd: "ours\n", issue: "x" });
    await resource.create(wanted, dev);
    const seen = await resource.read("mini1/files", undefined, {}, dev);
    expect(seen).toEqual({
      ...{ id: "mini1/files", inputs: wanted, state: wanted },
      secrets: [path("motd"), path("issue")].map((one) => ["files", one]), // nobody knows whether they are
    });
  });

  test("of an import refuses another stack's record", async () => {
    const { resource, inputs } = await provisionedNode();
    await resource.create(inputs({ motd: "ours\n" }), other);
    const error = await failureOf(resource.read("mini1/files", undefined, {}, dev));
    expect(error.message).toContain("got the record of stack minirack/other; destroy it there first");
  });

  test("of an import of what is not there is undefined", async () => {
    const { resource } = await provisionedNode();
    expect(await resource.read("mini1/files", undefined, {}, dev)).toBeUndefined();
  });
});

describe("check", () => {
  test("names the property and its rule", async () => {
    const { resource, inputs } = await provisionedNode();
    const wrong = { ...inputs({}), files: { "/etc/motd": { content: "x", mode: "rw" } } };
    expect(resource.check(wrong).failures).toEqual([
      { path: ["files", "/etc/motd", "mode"], reason: "expected four octal digits, as 0644" },
    ]);
  });

  test("fills in an entry's defaults", async () => {
    const { resource, inputs } = await provisionedNode();
    const { inputs: checked } = resource.check({ ...inputs({}), files: { "/etc/motd": { content: "x" } } });
    expect(checked.files).toEqual({ "/etc/motd": { content: "x", mode: "0644", owner: "root:root" } });
  });
});
