import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findOnPath, isAtLeast, pulumiOnPath } from "../../../scripts/pulumi/pulumiOnPath.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function install(path: string, version: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return file;
}

describe("findOnPath", () => {
  it("passes over npm's shim", () => {
    install("node_modules/.bin/pulumi", "v3.259.0");
    const own = install("bin/pulumi", "v3.259.0");
    expect(findOnPath("pulumi", `${folder}/node_modules/.bin:${folder}/bin`)).toBe(own);
    expect(findOnPath("pulumi", `${folder}/node_modules/.bin`)).toBeUndefined();
  });
});

describe("isAtLeast", () => {
  it.each([
    ["v3.200.0", true],
    ["v3.199.9", false],
    ["4.0.0", true],
    ["v3.259.0-alpha.1", true],
    ["v2.999.0", false],
  ])("%s against 3.200.0: %s", (version, expected) => {
    expect(isAtLeast(version, "3.200.0")).toBe(expected);
  });
});

describe("pulumiOnPath", () => {
  it("takes a new one that has its Node language host", async () => {
    const cli = install("bin/pulumi", "v3.230.1");
    install("bin/pulumi-language-nodejs", "");
    expect(await pulumiOnPath(`${folder}/bin`)).toEqual({ cli });
  });

  it("says why not", async () => {
    expect(await pulumiOnPath(folder)).toEqual({ reason: "no pulumi on PATH" });
    const old = install("old/pulumi", "v3.100.0");
    expect(await pulumiOnPath(`${folder}/old`)).toEqual({
      reason: `${old} is v3.100.0, wanted 3.200.0 or newer`,
    });
    const alone = install("alone/pulumi", "v3.259.0");
    const reason = `${alone} has no pulumi-language-nodejs beside it`;
    expect(await pulumiOnPath(`${folder}/alone`)).toEqual({ reason });
  });
});
