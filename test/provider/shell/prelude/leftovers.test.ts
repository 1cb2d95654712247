import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

/** A node without Docker; `mounted` says whether a disk of its own is where Docker keeps its data. */
function nodeWithoutDocker(mounted: boolean) {
  const { at, type } = preluded();
  const data = at("docker");
  const shims = [
    "record=$records/packages",
    `left_behind() { echo 'no-docker path ${data}'; }`,
    `mountpoint() { ${mounted} && [ "$2" = '${data}' ]; }`,
    "keep_copies() { :; }",
  ];
  return { data, type: (...lines: string[]) => type(...shims, ...lines) };
}

describe.runIf(hasLinuxShell)("what Docker leaves behind", () => {
  test("goes with its folder where that came with it", async () => {
    const { data, type } = nodeWithoutDocker(false);
    await type("note_absent no-docker", `mkdir -m 0710 '${data}'`, `touch '${data}/layer'`, "clean_left");
    expect(existsSync(data)).toBe(false);
  });

  test("goes from a disk that was mounted there empty, which is as it was", async () => {
    const { data, type } = nodeWithoutDocker(true);
    mkdirSync(join(data, "lost+found"), { recursive: true });
    await type("note_absent no-docker");
    writeFileSync(join(data, "layer"), "");
    chmodSync(data, 0o710);
    await type("clean_left");
    expect(readdirSync(data)).toEqual(["lost+found"]);
    expect(statSync(data).mode & 0o777).toBe(0o755);
  });

  test("stays where something was there before", async () => {
    const { data, type } = nodeWithoutDocker(true);
    mkdirSync(data);
    writeFileSync(join(data, "theirs"), "");
    await type("note_absent no-docker", "clean_left");
    expect(readdirSync(data)).toEqual(["theirs"]);
  });
});
