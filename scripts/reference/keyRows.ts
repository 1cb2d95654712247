import type { JsonSchema } from "../../provider/schema/jsonSchema.ts";
import { code, markdownTable } from "./markdownTable.ts";
import { isSecret, typeText } from "./typeText.ts";

const headings = ["key", "what may be written", "left out", "what it says"];

/** A table of an object's keys, with those of objects in it. */
export function keyTable(part: JsonSchema): string {
  return markdownTable(headings, keyRows(part, ""));
}

function keyRows({ properties = {}, required = [] }: JsonSchema, path: string): string[][] {
  return Object.entries(properties).flatMap(([name, part]) => {
    const needed = required.includes(name);
    const row = [code(path + name), typeText(name, part), leftOut(part, needed), part.description ?? ""];
    return [row, ...innerRows(part, path + name)];
  });
}

/** Rows of the keys of an object, or of a map of objects. */
function innerRows(part: JsonSchema, path: string): string[][] {
  const { properties, additionalProperties } = part;
  if (isSecret(part)) return [];
  if (properties !== undefined) return keyRows(part, `${path}.`);
  return additionalProperties ? innerRows(additionalProperties, `${path}.NAME`) : [];
}

function leftOut({ default: value }: JsonSchema, needed: boolean): string {
  if (needed) return "**needed**";
  if (value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0)) return "";
  return Array.isArray(value) ? value.map((one) => code(String(one))).join(", ") : code(String(value));
}

/** The objects that a value may be: of a map its entries, of a choice each; none where there are no keys. */
export function shapesOf(part: JsonSchema): JsonSchema[] {
  if (isSecret(part)) return [];
  if (part.properties !== undefined) return [part];
  const inner = [...(part.anyOf ?? []), ...(part.additionalProperties ? [part.additionalProperties] : [])];
  return inner.flatMap(shapesOf);
}
