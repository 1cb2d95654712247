import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
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

  test("stays for another engine that took the place of Debian's, and is told", async () => {
    const { at, type } = preluded();
    const data = at("docker");
    mkdirSync(data);
    const said = await type(
      "record=$records/packages",
      "package_state() { :; }",
      "other_engine() { echo docker-ce; }",
      `echo 'docker.io path ${data}' > "$record.absent"`,
      "clean_left 2>&1",
    );
    expect(said).toBe(`minirack: docker-ce took the place of docker.io: ${data} stay for it\n`);
    expect(existsSync(data)).toBe(true);
  });
});

describe.runIf(hasLinuxShell)("what a program works with that was there before", () => {
  test("is kept beside the records, and is in its place again when the program is gone", async () => {
    const { at, type } = preluded();
    const data = at("redis");
    mkdirSync(data);
    writeFileSync(join(data, "dump.rdb"), "theirs");
    chmodSync(data, 0o750);
    const lines = (...more: string[]) => ["record=$records/packages", ...more];
    await type(...lines(`keep_data '${data}'`));
    writeFileSync(join(data, "dump.rdb"), "ours");
    writeFileSync(join(data, "more"), "ours");
    await type(
      ...lines(
        `keep_data '${data}'`,
        "package_state() { printf installed; }",
        `put_data_back '${data}' redis`,
      ),
    );
    expect(readdirSync(data).sort()).toEqual(["dump.rdb", "more"]);
    await type(...lines("package_state() { printf config-files; }", `put_data_back '${data}' redis`));
    expect([readdirSync(data), readFileSync(join(data, "dump.rdb"), "utf8")]).toEqual([
      ["dump.rdb"],
      "theirs",
    ]);
    expect(statSync(data).mode & 0o777).toBe(0o750);
  });
});
