import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { codeVersion } from "../../../scripts/testRuns/codeVersion.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const folders = ["bundle", "components", "config", "domains", "lab", "provider", "runners", "stacks"];
const random = ["randomRun.ts", "odd_run.py", "nodes/randomNode.ts", "nodes/preState.ts"];

async function project() {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const name of folders) write(`${name}/file`, "text");
  for (const name of random) write(`test/lab/random/${name}`, "text");
  write("index.ts", "text");
  const git = (...words: string[]) =>
    execa("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: folder });
  await git("init", "-q");
  await git("add", ".");
  await git("commit", "-q", "-m", "first");
  return { folder, write, git };
}

test("the version of the code is of its files as they are now, committed or not", async () => {
  const { folder, write, git } = await project();
  const first = await codeVersion("runs", folder);
  write("docs/page.md", "text");
  expect(await codeVersion("runs", folder)).toBe(first);
  write("runners/file", "other");
  const changed = await codeVersion("runs", folder);
  expect(changed).not.toBe(first);
  expect((await git("status", "--porcelain")).stdout).toContain(" M runners/file");
  await git("commit", "-q", "-a", "-m", "second");
  expect(await codeVersion("runs", folder)).toBe(changed);
});

test("what draws random nodes is no part of the version for runs", async () => {
  const { folder, write } = await project();
  const [runs, nodes] = [await codeVersion("runs", folder), await codeVersion("nodes", folder)];
  write("test/lab/random/nodes/randomNode.ts", "other");
  expect(await codeVersion("runs", folder)).toBe(runs);
  expect(await codeVersion("nodes", folder)).not.toBe(nodes);
});
