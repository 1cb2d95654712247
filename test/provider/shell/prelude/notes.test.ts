import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

describe.runIf(hasLinuxShell)("a note on a node", () => {
  test("is on the disk before it has its name: the power may go at any time", async () => {
    const { at, type } = preluded();
    const sync = `sync() { shift; echo "$1 $(cat "$1") $(ls '${at("")}')" >> '${at("synced")}'; }`;
    await type(sync, `echo kept > '${at("note.new")}'`, `keep_note '${at("note")}'`);
    expect(readFileSync(at("synced"), "utf8")).toMatch(/^\S+note\.new kept /);
    expect(readFileSync(at("synced"), "utf8")).not.toMatch(/\bnote(?!\.new)\b/);
    expect(readFileSync(at("note"), "utf8")).toBe("kept\n");
    expect(existsSync(at("note.new"))).toBe(false);
  });

  test("keeps what it said where the new one cannot be written to the disk", async () => {
    const { at, type } = preluded();
    writeFileSync(at("note"), "old\n");
    const failing = "sync() { return 1; }";
    await type(failing, `echo new > '${at("note.new")}'`, `keep_note '${at("note")}' || true`);
    expect(readFileSync(at("note"), "utf8")).toBe("old\n");
  });

  test("that was cut short goes with its setting's record", async () => {
    const { at, type } = preluded();
    await type(
      `record='${at("packages")}'`,
      `touch '${at("packages.added.new")}' '${at("other")}'`,
      "unmake",
    );
    expect(readdirSync(at(""))).toContain("other");
    expect(readdirSync(at(""))).not.toContain("packages.added.new");
  });
});
