import { createHash } from "node:crypto";

/** Whatever JSON can say; an undefined property is one that is not there. */
export type Ingredient =
  | string
  | number
  | boolean
  | null
  | Ingredient[]
  | { [name: string]: Ingredient | undefined };

/**
 * SHA-256, in hex, of everything that decides what a run does: code, environment, data, parameters, runner. The order of names
 * does not count, that of a list does.
 * @throws Error for a number that JSON cannot say
 */
export function runKey(ingredients: Ingredient): string {
  return createHash("sha256").update(canonical(ingredients)).digest("hex");
}

function canonical(value: Ingredient): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).flatMap(([name, part]) =>
      part === undefined ? [] : [`${JSON.stringify(name)}:${canonical(part)}`],
    );
    return `{${entries.sort().join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`run key: expected a finite number, got ${value}; say it as text`);
  }
  return JSON.stringify(value);
}
