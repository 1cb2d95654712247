import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { gitRevision } from "../../../provider/folders/gitRevision.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A repository with two commits, the first tagged v1. */
function repository() {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      encoding: "utf8",
    }).trim();
  const commit = (text: string) => {
    writeFileSync(join(folder, "a.txt"), text);
    git("add", ".");
    git("commit", "-qm", text);
    return git("rev-parse", "HEAD");
  };
  git("init", "-q", "-b", "main");
  const first = commit("one");
  git("tag", "v1");
  return { folder, git, commit, first, second: commit("two") };
}

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  return () => vi.unstubAllEnvs();
});

describe("a git revision", () => {
  test("is the commit that it names, with that commit's files and nothing of git's", () => {
    const { folder, first, second } = repository();
    writeFileSync(join(folder, "a.txt"), "not committed");
    const tagged = gitRevision(folder, "v1");
    expect([tagged.commit, gitRevision(folder, "main").commit]).toEqual([first, second]);
    expect(readFileSync(join(tagged.folder, "a.txt"), "utf8")).toBe("one");
    expect(existsSync(join(tagged.folder, ".git"))).toBe(false);
  });

  test("of a repository elsewhere is followed, and a commit that is here already is not asked for", () => {
    const { folder, commit, first } = repository();
    const url = `file://${folder}`;
    expect(gitRevision(url, "v1").commit).toBe(first);
    const third = commit("three");
    expect(gitRevision(url, "main").commit).toBe(third);
    rmSync(folder, { recursive: true });
    expect(gitRevision(url, first).commit).toBe(first);
  });

  test("of somebody's repository runs nothing that its configuration or its hooks say", () => {
    const { folder, git, commit } = repository();
    const ran = join(temporaryFolder(), "ran");
    const run = `sh -c 'echo "$0" >> ${ran}; cat'`;
    writeFileSync(join(folder, ".gitattributes"), "*.txt filter=theirs\n");
    commit("three");
    for (const hook of ["post-index-change", "post-checkout"])
      writeFileSync(join(folder, ".git/hooks", hook), `#!/bin/sh\necho hook >> ${ran}\n`, { mode: 0o755 });
    for (const key of ["filter.theirs.smudge", "filter.theirs.clean", "core.fsmonitor", "core.sshCommand"])
      git("config", key, run);
    expect(readFileSync(join(gitRevision(folder, "main").folder, "a.txt"), "utf8")).toBe("three");
    expect(existsSync(ran)).toBe(false);
  });

  test("has what .gitattributes would leave out of an archive", () => {
    const { folder, commit } = repository();
    writeFileSync(join(folder, ".gitattributes"), "kept.txt export-ignore\na.txt export-subst\n");
    writeFileSync(join(folder, "kept.txt"), "");
    commit("$Format:%H$");
    const exported = gitRevision(folder, "main").folder;
    expect(existsSync(join(exported, "kept.txt"))).toBe(true);
    expect(readFileSync(join(exported, "a.txt"), "utf8")).toBe("$Format:%H$");
  });

  test("leaves the repository's own index and files alone", () => {
    const { folder, git } = repository();
    writeFileSync(join(folder, "a.txt"), "staged");
    git("add", ".");
    writeFileSync(join(folder, "a.txt"), "not staged");
    gitRevision(folder, "v1");
    expect(git("status", "--porcelain")).toBe("MM a.txt");
  });

  test("that is not there is an error with git's words", () => {
    const { folder } = repository();
    expect(() => gitRevision(folder, "v9")).toThrow(
      `${folder}: revision v9: expected git to find it, got fatal: Needed a single revision; correct repository and revision, or see that git may read it`,
    );
  });
});
