import { expect, test } from "vitest";
import { z } from "zod";
import { jsonSchemaOf } from "../../../provider/schema/jsonSchema.ts";
import { namedTypes, propertySpecs } from "../../../provider/schema/pulumiTypes.ts";

/** A property of this rule, as Pulumi has it. */
function specOf(rule: z.ZodType) {
  return propertySpecs("Some", jsonSchemaOf(z.object({ one: rule })).properties ?? {}).one;
}

function typesOf(rule: z.ZodType) {
  return Object.fromEntries(namedTypes(jsonSchemaOf(z.object({ one: rule })).$defs ?? {}));
}

test("a default is said, and whatever has one may be left out", () => {
  const rule = z.object({ port: z.number().int().default(22).describe("port") });
  const { required = [], properties = {} } = jsonSchemaOf(rule);
  expect(propertySpecs("Some", properties).port).toEqual({
    type: "integer",
    description: "port",
    default: 22,
  });
  expect(required).toEqual([]);
});

test("a default that is no plain value is left out: Pulumi has none", () => {
  const rule = z.record(z.string(), z.number()).default({}).describe("sizes");
  expect(specOf(rule)).toEqual({
    type: "object",
    additionalProperties: { type: "number" },
    description: "sizes",
  });
});

test("a secret is told as one", () => {
  const rule = z.string().optional().describe("password").meta({ secret: true });
  expect(specOf(rule)).toEqual({ type: "string", description: "password", secret: true });
});

test("a choice of types is one of them; texts among them are one", () => {
  const rule = z.union([z.literal("none"), z.string().regex(/^\d+$/), z.number()]).describe("size");
  expect(specOf(rule)).toEqual({ oneOf: [{ type: "string" }, { type: "number" }], description: "size" });
});

test("a list is one of its items", () => {
  expect(specOf(z.array(z.boolean()).describe("claims"))).toEqual({
    type: "array",
    items: { type: "boolean" },
    description: "claims",
  });
});

test("an object is a type of its own name, with what it must have", () => {
  const rule = z
    .object({ size: z.number().describe("in GiB"), name: z.string().optional().describe("its name") })
    .meta({ id: "Disk" })
    .describe("the disk");
  expect(specOf(rule)).toEqual({ $ref: "#/types/minirack:index:Disk", description: "the disk" });
  expect(typesOf(rule)).toEqual({
    "minirack:index:Disk": {
      type: "object",
      properties: {
        size: { type: "number", description: "in GiB" },
        name: { type: "string", description: "its name" },
      },
      required: ["size"],
    },
  });
});

test("a rule without a description is refused, with what to do", () => {
  expect(() => specOf(z.string())).toThrow(
    "Some.one: expected a description, got none; add .describe() to its rule",
  );
});

test("an object without a name is refused, with what to do", () => {
  expect(() => specOf(z.object({ size: z.number() }).describe("the disk"))).toThrow(
    'Some.one: expected a name for this type, got none; add .meta({ id: "Name" }) to its rule',
  );
});

test("what Pulumi has no type for is refused", () => {
  expect(() => specOf(z.unknown().describe("anything"))).toThrow(
    'Some.one: expected a rule that Pulumi has a type for, got {"description":"anything"}',
  );
});
