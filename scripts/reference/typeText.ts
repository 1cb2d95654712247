import { isDeepStrictEqual } from "node:util";
import type { JsonSchema } from "../../provider/schema/jsonSchema.ts";
import { code } from "./markdownTable.ts";

/** Units that names end in, longest first. */
const units = [
  ["Gbps", "Gb/s"],
  ["Gb", "GiB"],
  ["Mb", "MiB"],
  ["Seconds", "seconds"],
  ["Ms", "milliseconds"],
] as const;

/** The unit that a name says. */
export function unitOf(name: string): string | undefined {
  return units.find(([end]) => name.endsWith(end))?.[1];
}

/** What may be written for a key, in words, with its unit. */
export function typeText(name: string, part: JsonSchema): string {
  const unit = unitOf(name);
  return unit === undefined ? words(part) : `${words(part)}, in ${unit}`;
}

function words(part: JsonSchema): string {
  const { type, anyOf, items, properties, additionalProperties } = part;
  if (isSecret(part)) return "[secret](#secrets)";
  if (part.const !== undefined) return code(String(part.const));
  if (part.enum !== undefined) return choice(part.enum.map(code));
  if (anyOf !== undefined) return choice([...new Set(anyOf.map(words))]);
  if (properties !== undefined) return "keys below";
  if (type === "object") return `map of ${additionalProperties ? words(additionalProperties) : "any value"}`;
  if (type === "array") return `list of ${words(items ?? {})}`;
  if (type === "integer" || type === "number") return numberWords(part);
  if (type === "boolean") return "`true` or `false`";
  if (type === "null") return "`null`";
  return type === "string" ? "text" : "any value";
}

function choice(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function numberWords({ type, minimum, exclusiveMinimum, maximum = Infinity }: JsonSchema): string {
  const kind = type === "integer" ? "whole number" : "number";
  const least = minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least !== undefined && maximum < Number.MAX_SAFE_INTEGER) return `${kind}, ${least} to ${maximum}`;
  if (least !== undefined) return `${kind}, at least ${least}`;
  return exclusiveMinimum === undefined ? kind : `${kind} above ${exclusiveMinimum}`;
}

/** `{ file }` or `{ config }`, which is the same everywhere. */
export function isSecret({ anyOf = [] }: JsonSchema): boolean {
  const names = anyOf.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return isDeepStrictEqual(names, ["file", "config"]);
}
