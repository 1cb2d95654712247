import { ownerText } from "../../provider/stackIdentity.ts";
import { textTable } from "../textTable.ts";
import { nameOf, type ShownRecord } from "./giveBack.ts";

/** One row per entry: what becomes of it. Records of others are named and left. */
export function recordTable(records: ShownRecord[]): string {
  const rows = records.flatMap((record) => {
    const name = nameOf(record);
    if (!record.isOwn) {
      const { owner: stack, id } = record;
      return [[name, "(all)", `left: ${ownerText({ stack, id })} owns it`]];
    }
    return record.entries.map(({ entry, action }) => [name, entry, wordOf(action)]);
  });
  return textTable([["SETTING", "ENTRY", "ACTION"], ...rows]);
}

function wordOf(action: string): string {
  return action === "nothing" ? "already as it was" : action;
}
