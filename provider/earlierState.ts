import { z } from "zod";
import type { Entries, Json } from "./settings/setting.ts";
import { type Command, quote, run, writeFile } from "./shell/command.ts";

/**
 * What was on a node before us, written there before the first change (`/var/lib/minirack/`, root only). It outlives
 * a killed controller and a lost state, and names the stack that owns it.
 */
const earlierStateSchema = z.object({
  version: z.literal(1),
  stack: z.string(),
  /** Of the stack; version 0.1.0 knew none. */
  id: z.string().optional(),
  node: z.string(),
  setting: z.string(),
  entries: z.record(z.string(), z.json().nullable()),
});
export type EarlierState = z.infer<typeof earlierStateSchema>;

/** Path of a setting's record without its ending: `packages`, or `files.training` for files with a purpose. */
export function recordPath(setting: string, purpose?: string): string {
  return `/var/lib/minirack/${purpose === undefined ? setting : `${setting}.${purpose}`}`;
}

/** Prints the record and the turn on one line: both empty where nothing was ever changed. */
export const readEarlierState: Command = "stamp";

/** Takes the stamp's line off the front of what was read. */
export function splitEarlierState(text: string): {
  earlier: EarlierState | undefined;
  /** The record and the turn as they were printed, to know them again. */
  stamp: string;
  rest: string;
} {
  const end = text.indexOf("\n");
  const stamp = end < 0 ? text : text.slice(0, end);
  const [record = ""] = stamp.split("\t");
  const rest = end < 0 ? "" : text.slice(end + 1);
  return { earlier: record === "" ? undefined : parseEarlierState(record), stamp, rest };
}

function parseEarlierState(record: string): EarlierState {
  try {
    return earlierStateSchema.parse(JSON.parse(record));
  } catch {
    throw new Error("a record in /var/lib/minirack that this version of minirack does not understand");
  }
}

/** The record with the entries added that it does not have yet: what was seen first stays. */
export function remember(earlier: EarlierState, actual: Entries<Json>): EarlierState {
  return { ...earlier, entries: { ...actual, ...earlier.entries } };
}

/** Exit code of a script that found another record or turn than those it was made for. */
export const recordChanged = 76;

/**
 * Ends the script unless nothing has changed since the stamp was read: two processes may look at a node before either
 * changes it, and a script whose connection was cut may come to its turn when others have had theirs. What is still as it was
 * read is looked at again too, where that is known: a person may change it while we wait for the lock.
 */
export function takeTurn({ stamp, still }: { stamp: string; still?: Command | undefined }): Command {
  const turn = `[ "$(stamp)" = ${quote(stamp)} ] || exit ${recordChanged}`;
  return [turn, ...(still === undefined ? [] : [still]), "take_turn"].join("\n");
}

/**
 * Ends the script unless a read prints what it printed before.
 * @param sum SHA-256 of that, as hex digits
 */
export function lookAgain(read: string, sum: string): Command {
  return `[ "$( (\n:\n${read}\n) 2> /dev/null 9<&- | sha256sum)" = "${sum}  -" ] || exit ${recordChanged}`;
}

/** Writes the record, whole or not at all; it is on the disk before what it is for is changed. */
export function writeEarlierState(record: string, earlier: EarlierState): Command {
  const content = `${JSON.stringify(earlierStateSchema.parse(earlier))}\n`;
  const put = writeFile(`${record}.json`, { content, mode: "0600", owner: "root:root" });
  return `${put}\nsync "$records"`;
}

/** Removes the record, and what was made on the way and is empty now. */
export function forgetEarlierState(record: string): Command[] {
  const facts = ["added", "absent", "configured", "displaced", "forwarding", "hosts", "hostname"].map(
    (fact) => `${record}.${fact}`,
  );
  return ["put_copies_back", run("rm", "-rf", `${record}.json`, ...facts), "unmake"];
}
