import { isDeepStrictEqual } from "node:util";
import type { SchemaPart } from "../../config/problems/schemaParts.ts";

/** Every key that a schema names, with its path: `files.*.mode`, `nodes.*.host`; with what is said of it. */
export function schemaKeys(part: SchemaPart, path: string[] = []): Map<string, string | undefined> {
  const keys = new Map<string, string | undefined>();
  for (const [key, inner] of Object.entries(part.properties ?? {})) {
    keys.set([...path, key].join("."), inner.description);
    if (!isSecret(inner)) merge(keys, schemaKeys(inner, [...path, key]));
  }
  const { additionalProperties, items } = part;
  for (const inner of [additionalProperties, items]) {
    if (typeof inner === "object") merge(keys, schemaKeys(inner, [...path, "*"]));
  }
  for (const inner of part.anyOf ?? []) merge(keys, schemaKeys(inner, path));
  return keys;
}

/** `{ file }` or `{ config }`, which is the same everywhere. */
function isSecret({ anyOf = [] }: SchemaPart): boolean {
  const names = anyOf.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return isDeepStrictEqual(names, ["file", "config"]);
}

/** Paths of a value as `schemaKeys` has those of its schema. */
export function valueKeys(value: unknown, path: string[] = []): Set<string> {
  const keys = new Set<string>();
  if (value === null || typeof value !== "object") return keys;
  const entries = Array.isArray(value) ? value.map((inner) => ["*", inner] as const) : Object.entries(value);
  for (const [key, inner] of entries) {
    for (const name of new Set([key, "*"])) {
      keys.add([...path, name].join("."));
      for (const one of valueKeys(inner, [...path, name])) keys.add(one);
    }
  }
  return keys;
}

function merge(into: Map<string, string | undefined>, from: Map<string, string | undefined>): void {
  for (const [key, description] of from) into.set(key, into.get(key) ?? description);
}
