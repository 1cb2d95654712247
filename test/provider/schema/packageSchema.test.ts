import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { resourceTable } from "../../../provider/provider.ts";
import { packageSchema, packageSchemaText } from "../../../provider/schema/packageSchema.ts";
import type { PropertySpec } from "../../../provider/schema/pulumiTypes.ts";
import { alwaysSecret } from "../../../provider/server/resourceCalls.ts";

const written = new URL("../../../provider/schema.json", import.meta.url);
const schema = packageSchema();
const table = resourceTable(() => Promise.reject(new Error("no import here")));
const objects: (readonly [string, Record<string, PropertySpec>])[] = [
  ...Object.entries(schema.types).map(([token, { properties = {} }]) => [token, properties] as const),
  ...Object.entries(schema.resources).map(([token, { properties }]) => [token, properties] as const),
];

test("provider/schema.json is what the rules say; `npm run schema` writes it", () => {
  expect(readFileSync(written, "utf8")).toBe(packageSchemaText());
});

test("every resource of the provider is in it, and no other", () => {
  expect(Object.keys(schema.resources).sort()).toEqual([...table.keys()].sort());
});

test.each([...table])("%s has its outputs in it, besides its inputs", (token, { outputs }) => {
  const { properties } = schema.resources[token] ?? {};
  expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining([...outputs]));
});

test("every property is described", () => {
  const silent = objects.flatMap(([token, properties]) =>
    Object.entries(properties)
      .filter(([, { description }]) => description.trim() === "")
      .map(([name]) => `${token}.${name}`),
  );
  expect(silent).toEqual([]);
});

test("what is secret in it is what the provider wraps wherever it comes from", () => {
  const secrets = objects.flatMap(([, properties]) =>
    Object.entries(properties)
      .filter(([, { secret }]) => secret)
      .map(([name]) => name),
  );
  expect([...new Set(secrets)].sort()).toEqual(alwaysSecret.map(([, name]) => name).sort());
});

test("every type that is named is there, and every one there is named", () => {
  const named = [...JSON.stringify(schema).matchAll(/"#\/types\/([^"]+)"/g)].map(([, token = ""]) => token);
  expect([...new Set(named)].sort()).toEqual(Object.keys(schema.types).sort());
});

describe("of packages", () => {
  const { inputProperties, requiredInputs } = schema.resources["minirack:node:Packages"] ?? {};

  test("the value is a map of words by name", () => {
    expect(inputProperties?.packages).toEqual({
      type: "object",
      additionalProperties: { $ref: "#/types/minirack:index:PackageState" },
      description: "Debian packages that are installed: name → installed",
    });
    expect(schema.types["minirack:index:PackageState"]).toEqual({
      type: "string",
      enum: [{ value: "installed" }],
    });
  });

  test("what must be given is said", () => {
    expect(requiredInputs).toEqual(["node", "connection", "packages"]);
  });

  test("another purpose needs another resource", () => {
    expect(inputProperties?.purpose?.willReplaceOnChanges).toBe(true);
    expect(table.get("minirack:node:Packages")?.replaces?.("purpose")).toBe(true);
    expect(table.get("minirack:node:Packages")?.replaces?.("packages")).toBe(false);
  });
});
