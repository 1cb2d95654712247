import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { isOwnBackend, makeBackend } from "../../../scripts/pulumi/backend.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

describe("isOwnBackend", () => {
  it("respects a login in the user's home", () => {
    expect(isOwnBackend("/state", "npm", { PULUMI_HOME: folder })).toBe(true);
    writeFileSync(join(folder, "credentials.json"), JSON.stringify({ current: "https://api.pulumi.com" }));
    expect(isOwnBackend("/state", "npm", { PULUMI_HOME: folder })).toBe(false);
    expect(isOwnBackend("/state", "offline", { PULUMI_HOME: folder })).toBe(true);
  });
});

describe("makeBackend", () => {
  it("makes a passphrase for this user's eyes only, and only once", () => {
    makeBackend(folder);
    const file = join(folder, "passphrase");
    const passphrase = readFileSync(file, "utf8");
    expect(passphrase.trim().length).toBeGreaterThanOrEqual(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    makeBackend(folder);
    expect(readFileSync(file, "utf8")).toBe(passphrase);
  });
});
