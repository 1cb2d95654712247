import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { gitCommit } from "../../../runners/runs/gitCommit.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function repository() {
  const root = temporaryFolder();
  const git = async (...args: string[]) => (await execa("git", args, { cwd: root })).stdout;
  await git("init", "--quiet");
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/a"), "1\n");
  await git("add", ".");
  await git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "a");
  return { root, git, hash: await git("rev-parse", "HEAD") };
}

test("a commit is named, also from a folder of the project's, and whether tracked files differ", async () => {
  const { root, hash } = await repository();
  writeFileSync(join(root, "untracked"), "");
  expect(await gitCommit(root)).toEqual({ hash, isDirty: false });
  expect(await gitCommit(join(root, "src"))).toEqual({ hash, isDirty: false });
  writeFileSync(join(root, "src/a"), "2\n");
  expect(await gitCommit(root)).toEqual({ hash, isDirty: true });
});

test("what is staged differs; outside of git, and before a first commit, there is none", async () => {
  const { root, git, hash } = await repository();
  writeFileSync(join(root, "b"), "");
  await git("add", "b");
  expect(await gitCommit(root)).toEqual({ hash, isDirty: true });
  expect(await gitCommit(temporaryFolder())).toBeUndefined();
});

test("the repository's own configuration runs nothing, and says how its files lie", async () => {
  const { root, git, hash } = await repository();
  const ran = join(temporaryFolder(), "ran");
  await git("config", "core.fsmonitor", `touch ${ran}; false`);
  await git("config", "filter.own.clean", `touch ${ran}; cat`);
  writeFileSync(join(root, ".git/info/attributes"), "src/a filter=own\n");
  await git("config", "core.fileMode", "false");
  await execa("chmod", ["+x", join(root, "src/a")]);
  utimesSync(join(root, "src/a"), 0, 0);
  expect(await gitCommit(root)).toEqual({ hash, isDirty: false });
  expect(existsSync(ran)).toBe(false);
});
