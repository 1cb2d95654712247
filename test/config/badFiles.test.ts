import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCluster } from "../../config/cluster.ts";
import { ConfigError } from "../../config/configError.ts";

const folder = new URL("bad/", import.meta.url).pathname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/, ""));

function messageOf(name: string): string {
  try {
    loadCluster(`${folder}${name}.yaml`, "dev", { hasConfig: (secret) => secret === "known" });
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(folder, "");
    throw error;
  }
  throw new TypeError(`expected ${name}.yaml to be refused`);
}

describe("a cluster file is refused with the place and the reason", () => {
  const expectExact = (name: string) =>
    expect(`${messageOf(name)}\n`).toBe(readFileSync(`${folder}${name}.txt`, "utf8"));
  test.each(names)("%s", expectExact);
});

test("a file that is not there names its path", () => {
  expect(() => loadCluster("stacks/nowhere.yaml", "dev")).toThrow("stacks/nowhere.yaml");
});
