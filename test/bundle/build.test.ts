import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildBundle } from "../../bundle/build.mjs";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const root = join(import.meta.dirname, "../..");

describe("buildBundle", () => {
  it.each(["provider", "program"] as const)("makes the %s of known sources alone", async (name) => {
    const folder = join(temporaryFolder(), name);
    await buildBundle(root, name, folder);
    expect(existsSync(join(folder, `${name}.mjs`))).toBe(true);
  });
});
