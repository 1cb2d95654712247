import type { SettingNode } from "./settingNode.ts";
import { type Actual, differing, type Entries, isSame, type Json } from "./settings/setting.ts";

/**
 * What is true after a change, where that is what was wanted. What is not is read once more: some things take a moment, and what
 * is another one the second time is changed by somebody.
 * @throws NodeError with the property that differs, never with whole contents
 */
export async function expectWanted(node: SettingNode, done: Actual, wanted: Entries<Json>): Promise<Actual> {
  if (differing(done.entries, wanted).length === 0) return done;
  const later = await node.observe(wanted);
  const [key] = differing(later.entries, wanted);
  if (key === undefined) return later;
  const isStill = isSame(done.entries[key] ?? null, later.entries[key] ?? null);
  const [path, expected, found] = difference(wanted[key] ?? null, later.entries[key] ?? null);
  throw node.error(
    `${[key, ...path].join(" ")} to be ${shown(expected)} after the change`,
    shown(found),
    node.setting.linux.remedy?.(wanted[key] ?? null) ?? (isStill ? asItShows : somebody),
  );
}

const somebody = "something on the node changes it; look there for another tool that manages it";
const asItShows =
  "each step succeeded, and the node shows this; write it as the node shows it, or see what there decides it";

/** The first property in which two values differ, with what it is in each. */
function difference(one: Json, other: Json, path: string[] = []): [path: string[], one: Json, other: Json] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const key = keys.find((name) => !isSame(one[name] ?? null, other[name] ?? null));
    if (key !== undefined) return difference(one[key] ?? null, other[key] ?? null, [...path, key]);
  }
  return [path, one, other];
}

function isObject(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

const longest = 200;

/** A value for an error. A text of several lines, as a file's content, is told by its size alone. */
function shown(value: Json): string {
  if (value === null) return "absent";
  const text = JSON.stringify(value);
  if (!text.includes("\\n") && text.length <= longest) return text;
  return `another text (${Buffer.byteLength(text)} bytes)`;
}
