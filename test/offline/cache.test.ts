import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { buildOnce, cacheFolder, inputsHash, keepNewest } from "../../offline/cache.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

describe("cacheFolder", () => {
  it("follows XDG_CACHE_HOME", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "/somewhere" })).toBe("/somewhere/minirack/offline");
    expect(cacheFolder({})).toMatch(/\/\.cache\/minirack\/offline$/);
  });
});

describe("inputsHash", () => {
  it("depends on names, contents and texts, not on order", () => {
    const [a, b] = [join(folder, "a"), join(folder, "b")];
    writeFileSync(a, "1");
    writeFileSync(b, "2");
    const hash = inputsHash([a, b], "x");
    expect(inputsHash([b, a], "x")).toBe(hash);
    expect(inputsHash([a, b], "y")).not.toBe(hash);
    writeFileSync(b, "3");
    expect(inputsHash([a, b], "x")).not.toBe(hash);
  });
});

describe("buildOnce", () => {
  const builder = (text: string) => async (into: string) => writeFileSync(join(into, "file"), text);

  it("builds what is missing and leaves what is there", async () => {
    const target = join(folder, "deep", "target");
    await buildOnce(target, builder("first"));
    await buildOnce(target, builder("second"));
    expect(readFileSync(join(target, "file"), "utf8")).toBe("first");
  });

  it("keeps one of two builds at once, whole, and no rest", async () => {
    const target = join(folder, "target");
    await Promise.all([buildOnce(target, builder("one")), buildOnce(target, builder("two"))]);
    expect(readFileSync(join(target, "file"), "utf8")).toMatch(/^(one|two)$/);
    expect(readdirSync(folder)).toEqual(["target"]);
  });

  it("leaves nothing after a failure", async () => {
    const failing = buildOnce(join(folder, "target"), () => Promise.reject(new Error("no Go")));
    await expect(failing).rejects.toThrow("no Go");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("keepNewest", () => {
  it("removes what was used longest ago, never what is used now, and nothing of another name", () => {
    for (const [name, day] of [
      ["tool-a", 1],
      ["tool-b", 2],
      ["tool-c", 3],
      ["other-d", 1],
    ] as const) {
      mkdirSync(join(folder, name));
      utimesSync(join(folder, name), new Date(2026, 0, day), new Date(2026, 0, day));
    }
    keepNewest(join(folder, "tool-a"), /^tool-/, 2);
    expect(readdirSync(folder).sort()).toEqual(["other-d", "tool-a", "tool-c"]);
  });
});
