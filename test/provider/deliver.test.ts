import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { closePool } from "../../provider/transport/pool.ts";
import { failureOf } from "../support/failureOf.ts";
import { hasLinuxShell } from "../support/realShell.ts";
import { syncedNode } from "../support/syncedNode.ts";

afterEach(async () => {
  vi.unstubAllEnvs();
  await closePool();
});

describe.runIf(hasLinuxShell)("a folder", () => {
  test("arrives with its contents and permissions, and leaves nothing beside", async () => {
    const { write, source, make, inputs, read, on, path } = await syncedNode();
    write({ "a.txt": "one\n", "deep/er/b c's.txt": "two\n", "copy.txt": "one\n", empty: "" });
    chmodSync(`${source}/a.txt`, 0o755);
    expect(await make()).toEqual(inputs());
    const names = ["a.txt", "copy.txt", "deep/er/b c's.txt", "empty"];
    expect(names.map(read)).toEqual(["one\n", "one\n", "two\n", ""]);
    expect(names.map((name) => statSync(on(name)).mode & 0o777)).toEqual([0o755, 0o644, 0o644, 0o644]);
    expect(readdirSync(path).sort()).toEqual(["a.txt", "copy.txt", "deep", "empty"]);
  });

  test("that is there is not sent again", async () => {
    const { write, make, sent, node } = await syncedNode();
    write({ "a.txt": "one\n" });
    await make();
    const before = node.asked.length;
    await make();
    expect([sent().length, node.asked.length - before]).toEqual([1, 1]);
  });

  test("sends only files that are missing or differ, and takes away those that are gone", async () => {
    const { write, source, make, change, inputs, sent, read, look } = await syncedNode();
    write({ "a.txt": "one\n", "old/b.txt": "two\n", "big.txt": "x".repeat(100_000) });
    const from = await make();
    write({ "a.txt": "three\n", "c.txt": "four\n" });
    rmSync(`${source}/old`, { recursive: true });
    await change(from, inputs());
    expect([read("a.txt"), read("old/b.txt"), read("c.txt")]).toEqual(["three\n", undefined, "four\n"]);
    expect(sent()[1]?.bytes.length).toBeLessThan(10_000);
    expect((await look()).drift).toEqual({});
  });

  test("of a git revision has its links, and a link that was changed is mended", async () => {
    const { write, source, make, change, inputs, look, on } = await syncedNode({ isRevision: true });
    write({ "a.txt": "one\n", "deep/b.txt": "two\n" });
    symlinkSync("../a.txt", `${source}/deep/a link`);
    symlinkSync("/nowhere", `${source}/out`);
    const wanted = await make();
    expect([readlinkSync(on("deep/a link")), readlinkSync(on("out"))]).toEqual(["../a.txt", "/nowhere"]);
    rmSync(on("out"));
    symlinkSync("/elsewhere", on("out"));
    const found = await look();
    expect(found.drift).toEqual({ out: "changed" });
    await change({ ...wanted, syncedFolders: { "projects/one": found } }, inputs());
    expect([readlinkSync(on("out")), (await look()).drift]).toEqual(["/nowhere", {}]);
  });

  test("may turn a file into a folder and a folder into a file", async () => {
    const { write, source, make, change, inputs, read } = await syncedNode();
    write({ a: "one\n", "b/c": "two\n" });
    const from = await make();
    rmSync(`${source}/a`);
    rmSync(`${source}/b`, { recursive: true });
    write({ "a/c": "three\n", b: "four\n" });
    await change(from, inputs());
    expect([read("a/c"), read("b")]).toEqual(["three\n", "four\n"]);
  });

  test("that moves is removed at its old place", async () => {
    const { write, make, change, inputs, path } = await syncedNode();
    write({ "a.txt": "one\n" });
    const from = await make();
    await change(from, inputs({ path: `${path}-moved` }));
    expect([existsSync(path), existsSync(`${path}-moved/a.txt`)]).toEqual([false, true]);
  });

  test("is taken away whole, and the node is as before", async () => {
    const { write, make, remove, sandbox } = await syncedNode();
    write({ "a.txt": "one\n", "deep/er/b.txt": "two\n" });
    await make();
    await remove();
    expect(readdirSync(sandbox.root)).toEqual([]);
    expect([existsSync(sandbox.opt), existsSync(sandbox.records)]).toEqual([false, false]);
  });
});

describe.runIf(hasLinuxShell)("a folder whose owner's group has gone before it", () => {
  test.each([false, true])("goes whole (a data set: %s)", async (isExact) => {
    const { write, make, remove, sandbox } = await syncedNode({ isExact });
    write({ "a.txt": "one\n", "deep/er/b.txt": "two\n" });
    await make();
    const facts = join(sandbox.opt, "projects/one.folder");
    const [user = ""] = sandbox.owner.split(":");
    writeFileSync(facts, readFileSync(facts, "utf8").replace(sandbox.owner, `${user}:minirack-gone`));
    await remove();
    expect(readdirSync(sandbox.root)).toEqual([]);
  });
});

describe.runIf(hasLinuxShell)("drift", () => {
  test("names the files: changed, missing, with other permissions", async () => {
    const { write, make, look, on, path } = await syncedNode();
    write({ "a.txt": "one\n", "b.txt": "two\n", "c.txt": "three\n" });
    await make();
    write({ "a.txt": "eno\n", "mine.txt": "mine\n" }, path);
    rmSync(on("b.txt"));
    chmodSync(on("c.txt"), 0o600);
    expect((await look()).drift).toEqual({ "a.txt": "changed", "b.txt": "missing", "c.txt": "mode" });
  });

  test("is mended, and what others put there stays", async () => {
    const { write, make, look, change, inputs, on, read, path } = await syncedNode();
    write({ "a.txt": "one\n", "b.txt": "two\n", "c.txt": "three\n" });
    const wanted = await make();
    write({ "a.txt": "eno\n", "mine.txt": "mine\n" }, path);
    rmSync(on("b.txt"));
    chmodSync(on("c.txt"), 0o600);
    const now = { ...wanted, syncedFolders: { "projects/one": await look() } };
    await change(now, inputs());
    expect(["a.txt", "b.txt", "mine.txt"].map(read)).toEqual(["one\n", "two\n", "mine\n"]);
    expect(statSync(on("c.txt")).mode & 0o777).toBe(0o644);
  });

  test("is none where a file was only touched", async () => {
    const { write, make, look, path } = await syncedNode();
    write({ "a.txt": "one\n" });
    await make();
    write({ "a.txt": "one\n" }, path);
    expect((await look()).drift).toEqual({});
  });

  test("of a disk that forgets is seen when every checksum is taken", async () => {
    const { write, make, look, path, sandbox, on } = await syncedNode();
    write({ "a.txt": "one\n" });
    await make();
    write({ "a.txt": "eno\n" }, path);
    const looks = execFileSync("find", [on("a.txt"), "-printf", "%T@ %C@ %i"], { encoding: "utf8" });
    const stats = join(sandbox.opt, "projects/one.stats");
    writeFileSync(stats, readFileSync(stats, "utf8").replace(/[^\t]+\n$/, `${looks}\n`));
    expect((await look()).drift).toEqual({});
    vi.stubEnv("MINIRACK_FULL_CHECK", "true");
    expect((await look()).drift).toEqual({ "a.txt": "changed" });
  });

  test("names twenty files and counts the others", async () => {
    const { write, make, look, on } = await syncedNode();
    const names = Array.from({ length: 23 }, (_, index) => `f${index + 10}.txt`);
    write(Object.fromEntries(names.map((name) => [name, name])));
    await make();
    for (const name of names) rmSync(on(name));
    const { drift } = await look();
    expect(Object.keys(drift).length).toBe(21);
    expect(drift["…"]).toBe("and 3 more");
  });
});

describe.runIf(hasLinuxShell)("a data set", () => {
  test("tells what else lies there, and moves it aside", async () => {
    const { write, make, look, change, inputs, path, sandbox } = await syncedNode({ isExact: true });
    write({ "a.csv": "one\n", "deep/b.csv": "two\n" });
    const wanted = await make();
    expect([path, `${path}/deep`].map((one) => statSync(one).mode & 0o777)).toEqual([0o555, 0o555]);
    write({ "deep/mine.csv": "mine\n" }, path);
    chmodSync(`${path}/deep`, 0o777);
    const found = await look();
    expect(found.drift).toEqual({ deep: "mode", "deep/mine.csv": "extra" });
    await change({ ...wanted, syncedFolders: { "projects/one": found } }, inputs());
    expect((await look()).drift).toEqual({});
    expect(existsSync(`${sandbox.root}/data.extra/deep/mine.csv`)).toBe(true);
  });

  test("that somebody replaced by a link is mended, and where the link leads nothing is touched", async () => {
    const { write, make, look, change, inputs, path, sandbox, read } = await syncedNode({ isExact: true });
    write({ "a.csv": "one\n" });
    const wanted = await make();
    const other = join(sandbox.root, "other");
    write({ "canary.txt": "1\n" }, other);
    renameSync(path, `${path}.old`);
    symlinkSync(other, path);
    const found = await look();
    expect(found.drift).toEqual({ "a.csv": "missing" });
    await change({ ...wanted, syncedFolders: { "projects/one": found } }, inputs());
    expect([read("a.csv"), readdirSync(other), readlinkSync(`${path}.extra/data`)]).toEqual([
      "one\n",
      ["canary.txt"],
      other,
    ]);
  });

  test("does not take a link's place", async () => {
    const { write, make, path, sandbox } = await syncedNode({ isExact: true });
    write({ "a.csv": "one\n" });
    symlinkSync(sandbox.opt, path);
    const error = await failureOf(make());
    expect(error.message).toContain(
      `expected nothing of somebody else at ${path}, got a link to ${sandbox.opt}; choose another path, or where the link leads`,
    );
  });

  test.runIf(process.getuid?.() === 0)(
    "is not brought to where somebody else could lead root away",
    async () => {
      const { write, make, remove, inputs, sandbox } = await syncedNode({ isExact: true });
      write({ "a.csv": "one\n" });
      mkdirSync(join(sandbox.root, "home"), { mode: 0o755 });
      chownSync(join(sandbox.root, "home"), 65534, 65534);
      const path = join(sandbox.root, "home/prices");
      const error = await failureOf(make(inputs({ path })));
      expect(error.message).toContain(
        `expected that only root may change what is above ${path}, got ${sandbox.root}/home (nobody:nogroup 755); choose another path, or give that folder to root alone`,
      );
      await remove();
      expect(readdirSync(sandbox.root)).toEqual(["home"]);
    },
  );

  test("gives a folder that was there its permissions back", async () => {
    const { write, make, remove, path } = await syncedNode({ isExact: true });
    write({ "a.csv": "one\n" });
    mkdirSync(path, { mode: 0o750 });
    await make();
    await remove();
    expect([statSync(path).mode & 0o777, readdirSync(path)]).toEqual([0o750, []]);
  });

  test("does not take a folder where something lies", async () => {
    const { write, make, path, read } = await syncedNode({ isExact: true });
    write({ "a.csv": "one\n" });
    write({ "mine.csv": "mine\n" }, path);
    const error = await failureOf(make());
    expect(error.message).toContain(
      `expected nothing of somebody else in ${path}, got mine.csv; move it away or choose another path`,
    );
    expect([read("a.csv"), read("mine.csv")]).toEqual([undefined, "mine\n"]);
  });
});

describe.runIf(hasLinuxShell)("what is somebody else's", () => {
  test("and in the way is refused by name, and stays", async () => {
    const { write, make, remove, path, read, inputs } = await syncedNode();
    write({ "a.txt": "one\n", "b/c.txt": "two\n" });
    write({ "a.txt": "mine\n", b: "mine\n", "d.txt": "mine\n" }, path);
    const error = await failureOf(make());
    expect(error.message).toContain(`expected nothing of somebody else in ${path}, got a.txt, b; move it`);
    expect(["a.txt", "b", "d.txt"].map(read)).toEqual(["mine\n", "mine\n", "mine\n"]);
    await remove();
    expect(readdirSync(path).sort()).toEqual(["a.txt", "b", "d.txt"]);
    expect(inputs()).toBeDefined();
  });

  test("and came while ours was on its way stays", async () => {
    const { write, make, state, path, read } = await syncedNode();
    write({ "a.txt": "one\n" });
    state.meddle = async (asked, answer) => {
      const output = await answer(asked);
      if (asked.command.includes("tar --extract")) write({ "a.txt": "mine\n" }, path);
      return output;
    };
    const error = await failureOf(make());
    expect(error.message).toContain(`expected nothing of somebody else in ${path}, got a.txt; move it`);
    state.meddle = (asked, answer) => answer(asked);
    await failureOf(make());
    expect(read("a.txt")).toBe("mine\n");
    rmSync(`${path}/a.txt`);
    await make();
    expect(read("a.txt")).toBe("one\n");
  });

  test("stays when ours goes; what Python compiled of ours goes too", async () => {
    const { write, make, remove, path } = await syncedNode();
    write({ "src/a.py": "1\n", "src/b.py": "2\n", "top.py": "3\n" });
    await make();
    const compiled = { "src/__pycache__/a.cpython-311.pyc": "", "__pycache__/top.cpython-313.opt-1.pyc": "" };
    write(
      {
        ...compiled,
        ".env": "mine\n",
        "results/run/x": "mine\n",
        "src/__pycache__/mine.cpython-311.pyc": "",
      },
      path,
    );
    await remove();
    const left = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(left.map(({ name }) => name).sort()).toEqual([".env", "mine.cpython-311.pyc", "x"]);
    expect(existsSync(`${path}/__pycache__`)).toBe(false);
  });
});

describe.runIf(hasLinuxShell)("a transfer", () => {
  test("that is cut goes on, and what has arrived is not sent again", async () => {
    const { write, make, state, sent, read } = await syncedNode();
    write({ "a.txt": "a".repeat(50_000), "b.txt": "b".repeat(70_000) });
    let cuts = 0;
    state.meddle = async (asked, answer) => {
      if (!asked.command.includes("tar --extract") || cuts++ > 0) return await answer(asked);
      const end = asked.bytes.indexOf("b".repeat(600));
      await answer({ ...asked, bytes: asked.bytes.subarray(0, end) });
      return "cut";
    };
    await make();
    expect([read("a.txt")?.length, read("b.txt")?.length]).toEqual([50_000, 70_000]);
    const [first = 0, second = 0] = sent().map(({ bytes }) => bytes.length);
    expect([first > 120_000, second < 80_000]).toEqual([true, true]);
  });

  test("of a piece that was cut short sends that piece again", async () => {
    const { write, make, state, sent, read } = await syncedNode();
    write({ "a.txt": "a".repeat(50_000) });
    let cuts = 0;
    state.meddle = async (asked, answer) => {
      if (!asked.command.includes("tar --extract") || cuts++ > 0) return await answer(asked);
      await answer({ ...asked, bytes: asked.bytes.subarray(0, 20_000) });
      return "cut";
    };
    await make();
    expect([read("a.txt")?.length, sent().length]).toEqual([50_000, 2]);
  });

  test("of more than the disk has free is refused before anything is sent", async () => {
    const { write, source, make, state, sent } = await syncedNode();
    write({ "a.txt": "" });
    truncateSync(`${source}/a.txt`, 300_000_000);
    state.meddle = async (asked, answer) => {
      const output = await answer(asked);
      return { ...output, stdout: output.stdout.replace(/\tfree\t\d+/, "\tfree\t107374182") };
    };
    const error = await failureOf(make());
    expect(error.message).toMatch(
      /^node mini1: syncedFolders: expected 0\.3 GiB of free disk for \S+\/data, got 0\.1 GiB; make room there or choose a path on another disk; nothing was sent$/,
    );
    expect(sent()).toEqual([]);
  });

  test("of content that changed meanwhile is refused, and the next one brings what is there now", async () => {
    const { write, make, state, inputs, change, read } = await syncedNode();
    write({ "a.txt": "one\n" });
    const wanted = inputs();
    state.meddle = async (asked, answer) => {
      if (asked.command.includes("tar --extract"))
        return await answer({
          ...asked,
          bytes: Buffer.from(asked.bytes.toString("latin1").replace("one\n", "eno\n"), "latin1"),
        });
      return await answer(asked);
    };
    const error = await failureOf(make());
    expect(error.message).toContain(
      "expected every file as it was when the controller looked at it, got 1 that changed on the way or since; run the command again",
    );
    expect(read("a.txt")).toBeUndefined();
    state.meddle = (asked, answer) => answer(asked);
    await change({ ...wanted, syncedFolders: {} }, inputs());
    expect(read("a.txt")).toBe("one\n");
  });

  test("that never ended is taken back", async () => {
    const { write, make, state, remove, sandbox } = await syncedNode();
    write({ "a/b.txt": "one\n" });
    state.meddle = async (asked, answer) =>
      asked.command.includes("tar --extract")
        ? { code: 1, stdout: "", stderr: "no tar" }
        : await answer(asked);
    await failureOf(make());
    state.meddle = (asked, answer) => answer(asked);
    await remove();
    expect([readdirSync(sandbox.root), existsSync(sandbox.opt)]).toEqual([[], false]);
  });
});
