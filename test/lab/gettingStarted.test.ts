import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { fencesOf } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type TestLab, testLab } from "../support/testLab.ts";

const names = ["mini1", "mini2"];
const stack = "labfirst";
/** What is no part of a fresh clone, or not needed to run it. */
const left = [".git", ".minirack", "node_modules", "results", "test"].map((name) => join(root, name));

/** `docs/manual/getting-started.md` with the lab's nodes in place of its own. */
function page(lab: TestLab): string {
  const text = readFileSync(join(root, "docs/manual/getting-started.md"), "utf8");
  return text.replace(
    /host: 192\.168\.1\.1(\d)/g,
    (_, number) => `host: 127.0.0.1\n    port: ${lab.portOf(`mini${number}`)}`,
  );
}

/** A terminal of somebody who has just cloned: a home of its own, which `ssh` goes by as well. */
function newcomer(lab: TestLab) {
  const folder = temporaryFolder();
  const [clone, home, bin] = [join(folder, "clone"), join(folder, "home"), join(folder, "bin")];
  cpSync(root, clone, { recursive: true, filter: (path) => !left.includes(path) });
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  for (const made of [home, bin]) mkdirSync(made);
  writeFileSync(join(bin, "ssh"), '#!/bin/sh\nexec /usr/bin/ssh -F "$HOME/.ssh/config" "$@"\n', {
    mode: 0o755,
  });
  const env = {
    HOME: home,
    PATH: `${bin}:${process.env.PATH}`,
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_HOME: undefined,
  };
  const password = readFileSync(join(lab.folder, "password"), "utf8");
  return {
    clone,
    type: (script: string) =>
      execa("bash", ["-euc", script], { cwd: clone, env, input: password, all: true }),
  };
}

/** Spaces and seconds are not what is promised. */
const plain = (line: string) =>
  line
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\([\d.]+s\)/, "(s)");

describe.sequential("docs/manual/getting-started.md, on two lab nodes", { tags: "matrix" }, () => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await testLab(stack, 4600, "172.31.36.0/24", names);
    await lab.up();
  });
  afterAll(() => lab.down());

  test("every command does what the page shows, and both nodes are as before at the end", async () => {
    const before = await Promise.all(names.map((name) => labSnapshot(name, stack)));
    const { clone, type } = newcomer(lab);
    const fences = fencesOf(page(lab));
    const file = fences.find(({ text }) => text.startsWith("# cluster file"));
    writeFileSync(join(clone, "stacks", "shelf.yaml"), file?.text ?? "");
    let said = "";
    for (const { language, text, marker } of fences) {
      if (language === "sh" && marker?.startsWith("run by")) {
        // Each block in a shell of its own: what the first one exports is there in all.
        said = (await type(`eval "$(npm run --silent env)"\n${text}`)).all;
      } else if (language === "console") {
        const lines = said.split("\n").map(plain);
        for (const line of text.trim().split("\n")) expect(lines, said).toContain(plain(line));
      }
    }
    expect(await Promise.all(names.map((name) => labSnapshot(name, stack)))).toEqual(before);
  });
});
