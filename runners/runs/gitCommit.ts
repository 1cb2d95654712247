import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import type { RunMetadata } from "./runMetadata.ts";

/** What of a repository's own configuration says how its files lie here, and runs nothing. */
const ofFiles = "^core\\.(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol)$";

/** The project's commit, and whether tracked files differ from it; undefined outside of git. */
export async function gitCommit(root: string): Promise<RunMetadata["commit"]> {
  const asked = async (...args: string[]) => {
    const { exitCode, stdout } = await execa("git", args, { cwd: root, reject: false });
    return exitCode === 0 ? stdout : undefined;
  };
  const hash = await asked("rev-parse", "--verify", "HEAD");
  const top = await asked("rev-parse", "--show-toplevel");
  if (hash === undefined || top === undefined) return undefined;
  const path = async (name: string) => resolve(root, (await asked("rev-parse", "--git-path", name)) ?? name);
  const format = await asked("rev-parse", "--show-object-format");
  const config = (await asked("config", "--local", "--get-regexp", ofFiles)) ?? "";
  const own = await mkdtemp(join(tmpdir(), "minirack-git-"));
  try {
    const init = ["init", "--quiet", "--bare", "--template=", `--object-format=${format}`, "--", own];
    await execa("git", init, { stdin: "ignore" });
    await writeFile(join(own, "objects/info/alternates"), `${await path("objects")}\n`);
    await writeFile(join(own, "HEAD"), `${hash}\n`);
    await copyFile(await path("index"), join(own, "index")).catch(() => {}); // there is none before the first `git add`
    return { hash, isDirty: await isDirty(own, top, config) };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** By a git folder of ours: the configuration of the repository, and of its submodules, may run anything. */
async function isDirty(own: string, top: string, config: string): Promise<boolean> {
  const lines = config.split("\n").filter((line) => line !== "");
  const options = lines.flatMap((line) => ["-c", line.replace(" ", "=")]);
  const status = ["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=dirty"];
  const place = { cwd: top, reject: false, env: { GIT_DIR: own, GIT_WORK_TREE: top } } as const;
  const { stdout } = await execa("git", [...options, ...status], place);
  return stdout !== "";
}
