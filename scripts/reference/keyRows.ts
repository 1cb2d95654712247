import type { JsonSchema } from "../../provider/schema/jsonSchema.ts";
import { code, markdownTable } from "./markdownTable.ts";
import { isSecret, typeText } from "./typeText.ts";

/** Of keys that a person writes. */
const written = ["key", "what may be written", "left out", "what it says"];
/** Of keys that a person reads. */
const read = ["key", "what stands there", "always there", "what it says"];

/** A table of an object's keys, with those of objects in it, for who writes them. */
export function keyTable(part: JsonSchema): string {
  return markdownTable(written, keyRows(part, "", leftOut));
}

/** The same for who reads them. */
export function readKeyTable(part: JsonSchema): string {
  return markdownTable(
    read,
    keyRows(part, "", (_, needed) => (needed ? "yes" : "")),
  );
}

/** What counts where a key is not given. */
type LeftOut = (part: JsonSchema, needed: boolean) => string;

function keyRows({ properties = {}, required = [] }: JsonSchema, path: string, absent: LeftOut): string[][] {
  return Object.entries(properties).flatMap(([name, part]) => {
    const needed = required.includes(name);
    const row = [code(path + name), typeText(name, part), absent(part, needed), part.description ?? ""];
    return [row, ...innerRows(part, path + name, absent)];
  });
}

/** Rows of the keys of an object, or of a map or list of objects. */
function innerRows(part: JsonSchema, path: string, absent: LeftOut): string[][] {
  const { properties, additionalProperties, items } = part;
  if (isSecret(part)) return [];
  if (properties !== undefined) return keyRows(part, `${path}.`, absent);
  if (items !== undefined) return innerRows(items, `${path}[]`, absent);
  return additionalProperties ? innerRows(additionalProperties, `${path}.NAME`, absent) : [];
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
