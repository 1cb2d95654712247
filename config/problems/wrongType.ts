import { foundText, kindText, listed } from "./foundText.ts";
import type { Subject } from "./issueText.ts";
import { descriptionAt, type SchemaPart } from "./schemaParts.ts";

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
};

/** Nothing stands where something must. */
export function missing({ path, schema, value }: Pick<Subject, "path" | "schema" | "value">): string {
  const key = path.at(-1);
  if (key === undefined) return "expected a mapping with nodes, got an empty file; write nodes: and a node";
  if (typeof key === "number") return "expected an entry, got nothing; write one, or remove the -";
  const [said = ""] = descriptionAt(schema, path).split(/[;:,] /);
  const expected = `${String(key)}${said && ` (${said})`}`;
  if (value === undefined) return `expected ${expected}, got nothing; add it`;
  return `expected a value for ${expected}, got nothing; write one, or remove the key`;
}

/** A value of another kind than the one that is wanted. */
export function wrongType(wanted: string, value: unknown): string {
  const isScalar = ["string", "number", "int", "boolean"].includes(wanted);
  const found = isScalar ? foundText(value) : kindText(value);
  return `expected ${kinds[wanted] ?? "another value"}, got ${found}; ${remedyOf(wanted, value)}`;
}

function remedyOf(wanted: string, value: unknown): string {
  if (wanted === "string") return isWord(value) ? "put it in quotes" : "write a text";
  if (wanted === "boolean") return "write true or false, without quotes";
  if (wanted === "number" || wanted === "int") {
    const isQuoted = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
    return isQuoted ? "remove the quotes" : `write ${kinds[wanted]}`;
  }
  if (wanted === "array") return isWord(value) ? "put it in brackets: [ … ]" : "write it as [ … ]";
  return "write it as key: value, a line each";
}

function isWord(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** What would fit: `a number or a text`. */
export function fitting(parts: readonly SchemaPart[]): string {
  const names = parts.map((part) => {
    if (part.const !== undefined) return String(part.const);
    if (part.enum !== undefined) return listed(part.enum.map(String));
    const keys = Object.keys(part.properties ?? {});
    if (keys.length > 0) return `{ ${keys.join(", ")} }`;
    return kinds[part.type ?? ""] ?? "another value";
  });
  return listed([...new Set(names)]) || "another value";
}
