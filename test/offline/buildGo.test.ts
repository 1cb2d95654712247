import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildGo } from "../../offline/buildGo.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, "go.mod"), "module x\n\ngo 1.25.11\n");
  writeFileSync(join(folder, "go.sum"), "");
  mkdirSync(join(folder, "bin"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("PATH", `${folder}/bin`);
});
afterEach(() => vi.unstubAllEnvs());

const fakeGo = (script: string) =>
  writeFileSync(join(folder, "bin", "go"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
const build = (say = (_text: string) => {}) =>
  buildGo({ folder, package: "x/cmd/tool", executable: "tool", ldflags: "-s", duration: "2 minutes" }, say);

describe("buildGo", () => {
  it("says which Go is wanted when there is none", async () => {
    await expect(build()).rejects.toThrow(/needs Go 1\.25\.11 or newer, found: no `go` on PATH\. Install Go/);
  });

  it("passes on why a Go is too old", async () => {
    fakeGo("echo 'go.mod requires go >= 1.25.11 (running go 1.19)' >&2; exit 1");
    await expect(build()).rejects.toThrow(
      /found: go\.mod requires go >= 1\.25\.11 \(running go 1\.19\)\. Install Go/,
    );
  });

  it("builds once, and finds it in the cache then", async () => {
    fakeGo('[ "$1" = env ] && echo go1.26 && exit\n[ "$1" = build ] || exit 9\n: > "$5"');
    const said: string[] = [];
    const built = await build((text) => said.push(text));
    expect(said).toEqual(["builds tool from its Go module with go1.26: 2 minutes on 2 cores, only once"]);
    expect(built).toMatch(/cache\/minirack\/offline\/tool-[0-9a-f]{16}\/tool$/);
    fakeGo("exit 1");
    expect(await build()).toBe(built);
  });

  it("says what to check when a module cannot be had", async () => {
    fakeGo('[ "$1" = env ] && echo go1.26 && exit\necho "dial tcp: refused" >&2; exit 1');
    await expect(build()).rejects.toThrow(/go build of x\/cmd\/tool failed.*dial tcp: refused.*GOPROXY/s);
  });
});
