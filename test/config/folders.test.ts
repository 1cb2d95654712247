import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { SourceFolders } from "../../config/folders.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const rules = { ignoreFiles: [".gitignore"], ignore: [] as string[], mode: () => "0644" };

function git(folder: string, ...args: string[]): void {
  const given = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];
  execFileSync("git", ["-C", folder, ...given, ...args], { stdio: "ignore" });
}

function repository(fill: (folder: string) => void): string {
  const folder = temporaryFolder();
  git(folder, "init", "-q", "-b", "main");
  writeFileSync(join(folder, "a.txt"), "1\n");
  fill(folder);
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "1");
  return folder;
}

const look = (repository: string, ignore: string[] = []) =>
  new SourceFolders(".").look({ git: { repository, revision: "main" } }, { ...rules, ignore });

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  return () => vi.unstubAllEnvs();
});

describe("a git revision", () => {
  test("has its links as links, wherever they lead: nothing of the controller is read", () => {
    const folder = repository((at) => {
      mkdirSync(join(at, "docs"));
      writeFileSync(join(at, "docs/b.txt"), "2\n");
      symlinkSync("../../../../../.ssh/minirack/dev", join(at, "README-extra.md"));
      symlinkSync("docs", join(at, "manual"));
    });
    const links = look(folder).files.filter(({ mode }) => mode === "link");
    expect(links).toEqual([
      { path: "README-extra.md", mode: "link", sizeBytes: 0, sha256: "../../../../../.ssh/minirack/dev" },
      { path: "manual", mode: "link", sizeBytes: 0, sha256: "docs" },
    ]);
  });

  test("with submodules is refused by their names, unless they are ignored", () => {
    const lib = repository(() => undefined);
    const app = repository((at) => git(at, "submodule", "--quiet", "add", lib, "libs/common"));
    expect(() => look(app)).toThrow(
      new Error(
        `${app} at main: expected the content of submodules, got none of libs/common; give the folder of a clone that has it (git clone --recurse-submodules) as folder, or ignore it`,
      ),
    );
    expect(look(app, ["libs/"]).files.map(({ path }) => path)).toEqual([".gitmodules", "a.txt"]);
  });

  test("with what Git LFS keeps elsewhere is refused by name", () => {
    const folder = repository((at) =>
      writeFileSync(
        join(at, "model.bin"),
        `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12345\n`,
      ),
    );
    expect(() => look(folder)).toThrow(
      `${folder} at main: expected the content of Git LFS, got none of model.bin; give the folder of a clone that has it (git lfs pull) as folder, or ignore it`,
    );
  });
});
