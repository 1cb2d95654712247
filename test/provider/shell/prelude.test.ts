import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseShown } from "../../../provider/settings/fileEntry.ts";
import { run } from "../../../provider/shell/command.ts";
import { prelude } from "../../../provider/shell/prelude.ts";
import { preluded } from "../../support/preluded.ts";
import { hasLinuxShell } from "../../support/realShell.ts";

test("no function of the prelude takes another's place", () => {
  const names = [...prelude.matchAll(/^(\w+)\(\)/gm)].map(([, name]) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe.runIf(hasLinuxShell)("put", () => {
  test("writes any content with its mode, and leaves nothing beside it", async () => {
    const { at, type, owner } = preluded();
    const content = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        await type(run("put", at("a b"), "0640", owner, text));
        expect(readFileSync(at("a b"), "utf8")).toBe(text);
      }),
      { numRuns: 10 },
    );
    expect(statSync(at("a b")).mode & 0o7777).toBe(0o640);
    expect(readdirSync(at())).toEqual(["a b"]);
  });

  test("makes the folders on the way, which go again when they are empty", async () => {
    const { at, type, owner, records } = preluded();
    await type(run("put", at("x/y/z/file"), "0600", owner, "z"));
    expect(readFileSync(join(records, "made"), "utf8").trim().split("\n")).toEqual([
      at("x"),
      at("x/y"),
      at("x/y/z"),
    ]);
    await type(run("rm", at("x/y/z/file")), "unmake");
    expect([existsSync(at("x")), existsSync(records)]).toEqual([false, false]);
  });
});

describe.runIf(hasLinuxShell)("unmake", () => {
  test("leaves a folder that others use meanwhile, and goes on knowing of it", async () => {
    const { at, type, owner, records } = preluded();
    await type(run("put", at("x/y/file"), "0600", owner, "z"));
    writeFileSync(at("x/theirs"), "");
    await type(run("rm", at("x/y/file")), "unmake");
    expect([existsSync(at("x")), existsSync(at("x/y"))]).toEqual([true, false]);
    expect(readFileSync(join(records, "made"), "utf8")).toBe(`${at("x")}\n`);
  });

  test("leaves folders that were there before us", async () => {
    const { at, type, owner } = preluded();
    mkdirSync(at("before"));
    await type(run("put", at("before/file"), "0600", owner, "z"), run("rm", at("before/file")), "unmake");
    expect(existsSync(at("before"))).toBe(true);
  });
});

describe.runIf(hasLinuxShell)("set_line", () => {
  test("replaces our line alone and keeps the file's mode", async () => {
    const { at, type } = preluded();
    writeFileSync(at("keys"), "theirs\nold minirack-dev\ntheirs minirack-devel\n", { mode: 0o640 });
    await type(run("set_line", at("keys"), " minirack-dev", "new minirack-dev"));
    expect(readFileSync(at("keys"), "utf8")).toBe("new minirack-dev\ntheirs\ntheirs minirack-devel\n");
    expect(statSync(at("keys")).mode & 0o777).toBe(0o640);
  });

  test("makes the file for the user alone, and an empty one goes", async () => {
    const { at, type } = preluded();
    await type(run("set_line", at("keys"), " m", "key m"));
    expect([readFileSync(at("keys"), "utf8"), statSync(at("keys")).mode & 0o777]).toEqual(["key m\n", 0o600]);
    await type(run("set_line", at("keys"), " m"), "unmake");
    expect(existsSync(at("keys"))).toBe(false);
  });

  test("without a line does not make a file", async () => {
    const { at, type } = preluded();
    await type(run("set_line", at("keys"), " m"));
    expect(existsSync(at("keys"))).toBe(false);
  });

  test("takes a mark as it is, not as a pattern", async () => {
    const { at, type } = preluded();
    writeFileSync(at("keys"), "abc\na.c\n\\n.*\n");
    await type(run("set_line", at("keys"), ".c"), run("set_line", at("keys"), "\\n.*"));
    expect(readFileSync(at("keys"), "utf8")).toBe("abc\n");
  });

  test.each(["theirs", "theirs\r\n", "a\0b", "Gr\u00fc\u00dfe\n\n", "\n"])(
    "goes and leaves %j as it was",
    async (before) => {
      const { at, type } = preluded();
      writeFileSync(at("keys"), before, "latin1");
      await type(run("set_line", at("keys"), " m", "ours m"));
      expect(readFileSync(at("keys"), "latin1")).toBe(`ours m\n${before}`);
      await type(run("set_line", at("keys"), " m"));
      expect(readFileSync(at("keys"), "latin1")).toBe(before);
    },
  );
});

describe.runIf(hasLinuxShell)("show", () => {
  test("says path, mode, owner and content", async () => {
    const { at, type, owner } = preluded();
    const content = "é\n\tlast line without end";
    writeFileSync(at("a b"), content, { mode: 0o600 });
    expect(parseShown(await type(run("show", at("a b"))))).toEqual([
      { path: at("a b"), mode: "0600", owner, content },
    ]);
  });

  test("says where a link leads, not what lies there", async () => {
    const { at, type } = preluded();
    writeFileSync(at("file"), "x", { mode: 0o644 });
    symlinkSync("file", at("link"));
    symlinkSync("/nowhere", at("dangling"));
    const shown = parseShown(await type(run("show", at("link")), run("show", at("dangling"))));
    expect(shown.map(({ content }) => content)).toEqual(["(a link to file)", "(a link to /nowhere)"]);
  });

  test.each([
    ["Latin-1", "Gr\u00fc\u00dfe\n", "(6 bytes, SHA-256 a"],
    ["a NUL", "a\0b", "(3 bytes, SHA-256 "],
    ["a large file", "x".repeat(20_000), "(20000 bytes, SHA-256 "],
  ])("says of %s its size and digest", async (_what, content, said) => {
    const { at, type } = preluded();
    writeFileSync(at("file"), content, "latin1");
    const [shown] = parseShown(await type(run("show", at("file"))));
    expect(shown?.content).toMatch(said.slice(0, said.indexOf("SHA-256") + 8));
  });

  test("says a large file's content where it is the wanted one", async () => {
    const { at, type } = preluded();
    const content = "\u6f22".repeat(48_000);
    writeFileSync(at("file"), content);
    const text = await type(run("show", at("file")));
    expect(text.length).toBeLessThan(500);
    expect(parseShown(text, () => content)).toMatchObject([{ content }]);
  });

  test("does not wait for a pipe", async () => {
    const { at, type } = preluded();
    const text = await type(
      `mkfifo ${at("pipe")}`,
      run("show", at("pipe")),
      run("show_line", at("pipe"), " m"),
    );
    expect(text).toBe(`${at("pipe")}\tfifo\t\n`);
  });

  test("says nothing of what is not there", async () => {
    const { at, type } = preluded();
    expect(await type(run("show", at("none")), run("show_line", at("none"), " m"))).toBe("");
  });

  test("says what stands in the way, which parsing refuses", async () => {
    const { at, type } = preluded();
    mkdirSync(at("taken"));
    const text = await type(run("show", at("taken")));
    expect(() => parseShown(text)).toThrow(
      `expected ${at("taken")} to be a regular file, got a directory; move it away or choose another path`,
    );
  });
});

describe.runIf(hasLinuxShell)("each_of", () => {
  test("puts the option before each part, and nothing for an empty list", async () => {
    const { type } = preluded();
    const words = run("each_of", "-e", "a,b", "each_of", "-g", "", "each_of", "-x", "c", "echo", "uv");
    expect(await type(words)).toBe("uv -e a -e b -x c\n");
  });
});
