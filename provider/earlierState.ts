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
  node: z.string(),
  setting: z.string(),
  entries: z.record(z.string(), z.json().nullable()),
});
export type EarlierState = z.infer<typeof earlierStateSchema>;

/** Path of a setting's record without its ending: `packages`, or `files.training` for files with a purpose. */
export function recordPath(setting: string, purpose?: string): string {
  return `/var/lib/minirack/${purpose === undefined ? setting : `${setting}.${purpose}`}`;
}

/** Prints the record on one line of its own, or an empty line. */
export function readEarlierState(record: string): string {
  return `if [ -e ${record}.json ]; then cat ${record}.json; else echo; fi`;
}

/** Takes the record's line off the front of what was read. */
export function splitEarlierState(text: string): {
  earlier: EarlierState | undefined;
  /** The record's text, to know it again. */
  line: string;
  rest: string;
} {
  const end = text.indexOf("\n");
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  const rest = end < 0 ? "" : text.slice(end + 1);
  return { earlier: line === "" ? undefined : earlierStateSchema.parse(JSON.parse(line)), line, rest };
}

/** The record with the entries added that it does not have yet: what was seen first stays. */
export function remember(earlier: EarlierState, actual: Entries<Json>): EarlierState {
  return { ...earlier, entries: { ...actual, ...earlier.entries } };
}

/** Exit code of a script that found another record than the one it was made for. */
export const recordChanged = 76;

/** Ends the script unless the record is still as it was read: two processes may look at a node before either changes it. */
export function expectEarlierState(record: string, line: string): Command {
  return `[ "$(cat ${record}.json 2>/dev/null)" = ${quote(line)} ] || exit ${recordChanged}`;
}

/** Writes the record, whole or not at all. */
export function writeEarlierState(record: string, earlier: EarlierState): Command {
  return writeFile(`${record}.json`, {
    content: `${JSON.stringify(earlier)}\n`,
    mode: "0600",
    owner: "root:root",
  });
}

/** Removes the record, and what was made on the way and is empty now. */
export function forgetEarlierState(record: string): Command[] {
  const facts = ["added", "absent", "hosts", "hostname"].map((fact) => `${record}.${fact}`);
  return ["put_copies_back", run("rm", "-rf", `${record}.json`, ...facts), "unmake"];
}
