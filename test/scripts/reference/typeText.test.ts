import { describe, expect, test } from "vitest";
import { z } from "zod";
import { secretSchema } from "../../../config/secret.ts";
import { jsonSchemaOf } from "../../../provider/schema/jsonSchema.ts";
import { typeText } from "../../../scripts/reference/typeText.ts";

const textOf = (rule: z.ZodType, name = "some") => typeText(name, jsonSchemaOf(rule));

describe("what may be written", () => {
  test.each([
    ["text", z.string()],
    ["whole number, 1 to 65535", z.number().int().min(1).max(65535)],
    ["whole number, at least 0", z.number().int().nonnegative()],
    ["number above 0", z.number().positive()],
    ["whole number", z.number().int()],
    ["`true` or `false`", z.boolean()],
    ["`true` or text", z.union([z.literal(true), z.string()])],
    ["`mpich` or `openmpi`", z.enum(["mpich", "openmpi"])],
    ["`a`, `b` or `c`", z.enum(["a", "b", "c"])],
    ["list of text", z.array(z.string())],
    ["map of list of text", z.record(z.string(), z.array(z.string()))],
    ["map of keys below", z.record(z.string(), z.object({ size: z.number() }))],
    ["map of any value", z.record(z.string(), z.unknown())],
    ["[secret](#secrets)", secretSchema],
  ])("%s", (text, rule) => {
    expect(textOf(rule)).toBe(text);
  });

  test.each([
    ["swapGb", "GiB"],
    ["minGbps", "Gb/s"],
    ["maxSizeMb", "MiB"],
    ["timeoutSeconds", "seconds"],
    ["roundTripMs", "milliseconds"],
  ])("of %s is in %s, as its name says", (name, unit) => {
    expect(textOf(z.number(), name)).toBe(`number, in ${unit}`);
  });
});
