import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { settings } from "../../../provider/settings/index.ts";

/** What every setting shows. */
const names = ["creates", "alreadyThere", "drifted", "removed", "garbled"];
const json = z.record(z.string(), z.json());

const settingCase = z
  .strictObject({
    says: z.string().optional().describe("what the case shows"),
    wanted: json.describe("entries; null where an entry is to be absent"),
    answer: z.array(z.string()).describe("the lines that the node prints for `read`"),
    actual: json.optional().describe("what parse makes of the answer"),
    outputs: json.optional().describe("facts that others need"),
    returning: z.array(z.string()).optional().describe("keys that go back to their earlier state"),
    commands: z.array(z.string()).optional().describe("the whole plan"),
    error: z.string().optional().describe("what parse says of the answer"),
  })
  .refine(({ actual, commands, error }) => (error === undefined) === Boolean(actual && commands), {
    error: "expected either actual and commands, or error",
  });

function readCase(key: string, name: string) {
  return settingCase.parse(parse(readFileSync(new URL(`${key}/${name}.yaml`, import.meta.url), "utf8")));
}

describe.each(settings)("$key", ({ key, linux }) => {
  const folder = new URL(`${key}/`, import.meta.url);
  const found = existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith(".yaml")) : [];

  test("has its five cases", () => {
    expect(found).toEqual(expect.arrayContaining(names.map((name) => `${name}.yaml`)));
  });

  test.each(found.map((file) => file.replace(/\.yaml$/, "")))("%s", (name) => {
    const { wanted, answer, actual, outputs, returning, commands, error } = readCase(key, name);
    const parsed = () => linux.parse(answer.map((line) => `${line}\n`).join(""), wanted);
    if (error !== undefined) return void expect(parsed).toThrow(new Error(error));
    expect(parsed().entries).toEqual(actual);
    if (outputs !== undefined) expect(parsed().outputs).toEqual(outputs);
    expect(linux.plan(parsed().entries, wanted, returning)).toEqual(commands);
    expect(linux.plan(wanted, wanted)).toEqual([]);
  });
});

test("every folder of cases is a setting's", () => {
  const folders = readdirSync(new URL(".", import.meta.url)).filter((name) => !name.includes("."));
  expect(settings.map(({ key }) => key)).toEqual(expect.arrayContaining(folders));
});
