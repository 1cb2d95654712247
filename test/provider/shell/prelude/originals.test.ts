import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

/** A node whose record speaks of these files, which are ours now. */
function replaced() {
  const node = preluded();
  const record = "record=$records/files";
  const keep = (path: string) => run("keep_original", path, node.owner);
  return { ...node, record, keep, left: join(node.records, "files.d") };
}

describe.runIf(hasLinuxShell)("a file of before", () => {
  test.each(["a\0b", "Gr\u00fc\u00dfe", "no end", "", "\r\n"])(
    "%j goes back, with its mode and time",
    async (bytes) => {
      const { at, type, owner, record, keep, left } = replaced();
      const path = at('it\'s a "file"');
      writeFileSync(path, bytes, { encoding: "latin1", mode: 0o640 });
      utimesSync(path, 1_000_000_000.5, 1_000_000_000.5);
      const give = run("give_original_back", path, "0640", owner);
      await type(
        record,
        keep(path),
        run("put", path, "0600", owner, "ours"),
        "printf '{}' > \"$record.json\"",
      );
      expect(readFileSync(path, "utf8")).toBe("ours");
      await type(record, give, give, "unmake"); // twice: a script that was cut begins again
      expect(readFileSync(path, "latin1")).toBe(bytes);
      expect([lstatSync(path).mode & 0o7777, lstatSync(path).mtimeMs]).toEqual([0o640, 1_000_000_000_500]);
      expect(existsSync(left)).toBe(false);
    },
  );

  test("that is a link is one again, also where it leads nowhere", async () => {
    const { at, type, owner, record, keep } = replaced();
    symlinkSync("/nowhere", at("link"));
    const give = run("give_original_back", at("link"), "0777", owner);
    await type(record, keep(at("link")), run("put", at("link"), "0600", owner, "ours"), give);
    expect(readlinkSync(at("link"))).toBe("/nowhere");
  });

  test("that says it has a TB, and is a hole, takes no room beside the record, and is a hole again", async () => {
    const { at, type, owner, record, keep, left } = replaced();
    writeFileSync(at("hole"), "begun");
    truncateSync(at("hole"), 2 ** 40);
    const give = run("give_original_back", at("hole"), "0644", owner);
    await type(record, keep(at("hole")));
    const kept = readdirSync(left).map((name) => statSync(join(left, name)).size);
    expect(Math.max(...kept)).toBeLessThan(2 ** 20);
    await type(record, run("put", at("hole"), "0600", owner, "ours"), give);
    const { size, blocks } = statSync(at("hole"));
    expect([size, blocks * 512 < 2 ** 20]).toEqual([2 ** 40, true]);
  });

  test("that the record still speaks of stays kept; others go", async () => {
    const { at, type, record, keep, left } = replaced();
    for (const one of ["one", "two"]) writeFileSync(at(one), one);
    const speaks = `printf '{"entries":{"%s":{}}}' ${at("one")} > "$record.json"`;
    await type(record, keep(at("one")), keep(at("two")), speaks, "unmake");
    const kept = await type(`cat ${left}/*.path; rm -r "$records"`);
    expect(kept).toBe(at("one"));
  });

  test("of a record of version 0.1.0 is the text that it holds", async () => {
    const { at, type, owner, record } = replaced();
    await type(record, run("give_original_back", at("file"), "0644", owner, "theirs\n"));
    expect(readFileSync(at("file"), "utf8")).toBe("theirs\n");
  });

  test("that was kept and is gone is an error, not an empty file", async () => {
    const { at, type, owner, record } = replaced();
    const said = await type(record, `${run("give_original_back", at("file"), "0644", owner)} 2>&1 || true`);
    expect(said.replaceAll(at(), "/etc").replace(/in \S+files.d/, "in RECORDS")).toMatch(
      /^expected the copy of \/etc\/file from before us in RECORDS, got none; put the file back by hand, then remove its entry from \S+\n$/,
    );
    expect(existsSync(at("file"))).toBe(false);
  });

  test("with an inode flag is refused before anything is changed", async () => {
    const { at, type, record, keep } = replaced();
    writeFileSync(at("file"), "x");
    writeFileSync(at("lsattr"), "#!/bin/sh\necho '----i---------e------- file'\n", { mode: 0o755 });
    const said = await type(record, `PATH=${at()}:$PATH; export PATH`, `${keep(at("file"))} 2>&1 || true`);
    expect(said.replaceAll(at(), "/etc")).toBe(
      "expected /etc/file without inode flags, which a copy does not keep, got i; take them away (chattr -i /etc/file), and set them again when the file is back\n",
    );
  });
});
