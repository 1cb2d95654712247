import { textTable } from "../textTable.ts";
import { nameOf, type ShownRecord } from "./giveBack.ts";

/** One row per entry: what becomes of it. Records of others are named and left. */
export function recordTable(records: ShownRecord[], owner: string): string {
  const rows = records.flatMap((record) => {
    const name = nameOf(record);
    if (record.owner !== owner) return [[name, "(all)", `left: ${record.owner} owns it`]];
    return record.entries.map(({ entry, action }) => [name, entry, wordOf(action)]);
  });
  return textTable([["SETTING", "ENTRY", "ACTION"], ...rows]);
}

function wordOf(action: string): string {
  return action === "nothing" ? "already as it was" : action;
}
