import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConfigError } from "../../config/configError.ts";
import { formFaults } from "../support/problemForm.ts";
import { refusalOf } from "../support/refusal.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = new URL("bad/", import.meta.url).pathname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/, ""));

function errorOf(name: string): ConfigError {
  return expectRefused(`${folder}${name}.yaml`);
}

function expectRefused(file: string): ConfigError {
  const error = refusalOf(file);
  if (error === undefined) throw new TypeError(`expected ${file} to be refused`);
  return error;
}

describe("a cluster file is refused with the place and the reason", () => {
  test.each(names)("%s", (name) => {
    const said = errorOf(name).message.replaceAll(folder, "");
    expect(`${said}\n`).toBe(readFileSync(`${folder}${name}.txt`, "utf8"));
  });

  test("in four parts, whatever is wrong", () => {
    const faults = names.flatMap((name) =>
      formFaults(errorOf(name), readFileSync(`${folder}${name}.yaml`, "utf8")),
    );
    expect(faults).toEqual([]);
  });

  test("and never with what may be a secret", () => {
    for (const name of ["secretForms", "secretInFile", "secretAsAlias", "secretUnquoted"])
      expect(errorOf(name).message).not.toMatch(/hunter2|12345/);
  });
});

describe("a file that cannot be read is told by its path", () => {
  test.each([
    ["stacks/nowhere.yaml", "expected a file, got none; make it or correct the path"],
    ["stacks", "expected a file, got a folder; name a file in it"],
    ["package.json/stack.yaml", "expected a file, got a path that leads through a file; correct the path"],
  ])("%s", (file, text) => {
    expect(expectRefused(file).message).toBe(`${file}:1:1 (file): ${text}`);
  });

  test("a loop of links", () => {
    const file = join(temporaryFolder(), "loop.yaml");
    symlinkSync(file, file);
    const text = "expected a file that can be read, got ELOOP; make it readable or correct the path";
    expect(expectRefused(file).message).toBe(`${file}:1:1 (file): ${text}`);
  });
});

test.each([
  ["brackets", "[".repeat(50_000)],
  ["dashes", "- ".repeat(50_000)],
  ["mappings", `${"{a: ".repeat(900)}1${"}".repeat(900)}`],
])("thousands of levels are no cluster file: %s", (_what, text) => {
  const file = join(temporaryFolder(), "deep.yaml");
  writeFileSync(file, `docker: { daemon: ${text} }`);
  expect(formFaults(expectRefused(file), readFileSync(file, "utf8"))).toEqual([]);
});
