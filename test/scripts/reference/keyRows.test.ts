import { expect, test } from "vitest";
import { z } from "zod";
import { jsonSchemaOf } from "../../../provider/schema/jsonSchema.ts";
import { keyTable, readKeyTable, shapesOf } from "../../../scripts/reference/keyRows.ts";

const mount = z.object({ from: z.string().describe("nfs | smb") });
const rule = z.object({
  mount: mount.describe("a share"),
  sizes: z
    .record(z.string(), z.object({ gid: z.number().default(7).describe("its number") }))
    .default({})
    .describe("name → gid"),
  bind: z.array(z.string()).default(["a", "b"]).describe("addresses"),
  comment: z.string().optional().describe("who that is"),
});

test("keys are told with those of the objects in them, with what is needed and what counts when left out", () => {
  expect(keyTable(jsonSchemaOf(rule)).split("\n").slice(2)).toEqual([
    "| `mount` | keys below | **needed** | a share |",
    "| `mount.from` | text | **needed** | nfs \\| smb |",
    "| `sizes` | map of keys below |  | name → gid |",
    "| `sizes.NAME.gid` | number | `7` | its number |",
    "| `bind` | list of text | `a`, `b` | addresses |",
    "| `comment` | text |  | who that is |",
  ]);
});

test("who reads keys is told what is always there, with the keys of objects in lists", () => {
  const kept = z.object({ nodes: z.array(mount), code: z.number().int().nullable().optional() });
  expect(readKeyTable(jsonSchemaOf(kept)).split("\n")).toEqual([
    "| key | what stands there | always there | what it says |",
    "| --- | --- | --- | --- |",
    "| `nodes` | list of keys below | yes |  |",
    "| `nodes[].from` | text | yes | nfs \\| smb |",
    "| `code` | whole number or `null` |  |  |",
  ]);
});

test("a choice of objects has a shape for each", () => {
  const choice = z.record(z.string(), z.union([mount, z.number(), z.object({ existing: z.string() })]));
  expect(shapesOf(jsonSchemaOf(choice)).map(({ required }) => required)).toEqual([["from"], ["existing"]]);
  expect(shapesOf(jsonSchemaOf(z.record(z.string(), z.string())))).toEqual([]);
});
