import { readdirSync, readFileSync } from "node:fs";
import { isIPv4, isIPv6 } from "node:net";
import { dirname, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { clusterJsonSchema, clusterJsonSchemaText } from "../../config/jsonSchema.ts";
import { schemaPart } from "../../config/problems/schemaParts.ts";
import { schemaKeys } from "../support/schemaKeys.ts";

const root = new URL("../../", import.meta.url).pathname;
const written = `${root}config/cluster.schema.json`;
const formats = { ipv4: isIPv4, ipv6: isIPv6 };
const isValid = new Ajv({ allErrors: true, formats }).compile(clusterJsonSchema());

/** What is wrong with a cluster file, as an editor would underline it. */
function underlined(file: string): string[] {
  isValid(parse(readFileSync(file, "utf8")));
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const yamlFiles = (folder: string) =>
  readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith(".yaml") && name !== "lab.yaml") // which is no cluster file
    .map((name) => `${folder}/${name}`);
const shipped = [...yamlFiles("stacks"), ...yamlFiles("examples")];

test("config/cluster.schema.json is what the rules say; `npm run schema` writes it", () => {
  expect(readFileSync(written, "utf8")).toBe(clusterJsonSchemaText());
});

test("every key is described", () => {
  const silent = [...schemaKeys(schemaPart.parse(clusterJsonSchema()))].filter(([, text]) => !text);
  expect(silent).toEqual([]);
});

describe.each(shipped)("%s", (name) => {
  const file = `${root}${name}`;

  test("names the schema in its first line, for editors", () => {
    const [first = ""] = readFileSync(file, "utf8").split("\n");
    const named = /^# yaml-language-server: \$schema=(.*)$/.exec(first)?.[1] ?? "";
    expect(resolve(dirname(file), named)).toBe(written);
  });

  test("is as the schema demands", () => {
    expect(underlined(file)).toEqual([]);
  });
});

test.each(["unknownKey", "wrongRole", "portOutOfRange", "missingHost", "secretInFile", "listForMap"])(
  "an editor underlines what the loader refuses: %s",
  (name) => {
    expect(underlined(`${root}test/config/bad/${name}.yaml`)).not.toEqual([]);
  },
);
