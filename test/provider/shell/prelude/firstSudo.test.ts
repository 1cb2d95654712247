import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type PreludedNode, preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

describe.runIf(hasLinuxShell)("the file that sudo leaves at its first use", () => {
  let node: PreludedNode;
  let file: string;
  const look = () => node.type(`home='${node.at("home")}' first_sudo=yes`, "looked");

  beforeEach(() => {
    node = preluded();
    mkdirSync(node.at("home"));
    file = node.at("home", ".sudo_as_admin_successful");
    writeFileSync(file, "");
  });

  test("goes after a look at a node without records, also one that follows the end of the last", async () => {
    await look();
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, "");
    await look();
    expect(existsSync(file)).toBe(false);
  });

  test("stays while a record does", async () => {
    await node.type(
      'echo "{}" > "$records/files.json"',
      `home='${node.at("home")}' first_sudo=yes`,
      "looked",
    );
    expect(existsSync(file)).toBe(true);
  });

  test("is noted once: a look writes nothing where the note is", async () => {
    await node.type('echo "{}" > "$records/files.json"', "first_sudo=yes", "looked");
    const when = () => statSync(join(node.records, "firstSudo")).mtimeMs;
    utimesSync(join(node.records, "firstSudo"), 1, 1);
    const before = when();
    await look();
    expect(when()).toBe(before);
  });
});
