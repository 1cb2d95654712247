import type { Properties } from "../resource.ts";
import type { Json } from "../settings/setting.ts";

/** What happens to one property. */
export type DiffKind = "add" | "delete" | "update";

/** Property path as Pulumi prints it → what happens to it, leaf by leaf. */
export type DetailedDiff = Map<string, DiffKind>;

/** Compares inputs as they were with inputs as they are wanted. */
export function detailedDiff(before: Properties, after: Properties): DetailedDiff {
  const diff: DetailedDiff = new Map();
  compare(before, after, "", diff);
  return diff;
}

function compare(before: Json | undefined, after: Json | undefined, path: string, diff: DetailedDiff): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (before === undefined) diff.set(path, "add");
  else if (after === undefined) diff.set(path, "delete");
  else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[key], after[key], joinPath(path, key), diff);
    }
  } else diff.set(path, "update");
}

function isObject(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
