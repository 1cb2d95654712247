import { z } from "zod";
import type { Command } from "../shell/command.ts";

/** A value as Pulumi and JSON know it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a setting says of a node, entry by entry; `null` where an entry is absent. */
export type Entries<Entry = Json> = Record<string, Entry | null>;

/** What was read from a node. */
export interface Actual<Entry = Json> {
  entries: Entries<Entry>;
  /** Facts that others need and that are no part of what the user asked for. */
  outputs?: Record<string, Json>;
}

/** How one operating system is asked and told. All three are pure. */
export interface OperatingSystem<Entry> {
  /** POSIX sh, run as root, whose stdout `parse` understands. Changes nothing. */
  read(wanted: Entries<Entry>): string;
  /** What `read` printed, as entries for every key of `wanted`. Tolerances belong here. */
  parse(text: string, wanted: Entries<Entry>): Actual<Entry>;
  /**
   * What to type so that `actual` becomes `wanted`; nothing to do is `[]`.
   * @param returning keys that go back to their earlier state: what it needs may have gone before, as a unit's package
   */
  plan(actual: Entries<Entry>, wanted: Entries<Entry>, returning?: readonly string[]): Command[];
  /**
   * What to type before the record is written: refusals, and copies of what was there.
   * @param fresh keys whose earlier state is recorded now
   */
  prepare?(actual: Entries<Entry>, wanted: Entries<Entry>, fresh: readonly string[]): Command[];
  /** What must be brought to the node before the plan's commands. */
  deliveries?(actual: Entries<Entry>, wanted: Entries<Entry>): Delivery[];
  /** What to do where an entry is not as wanted after the change; undefined where nothing special is known. */
  remedy?(wanted: Entry | null): string | undefined;
}

/** A folder's content on its way to a node. */
export interface Delivery {
  /** Folder on the controller. */
  source: string;
  /** Of the manifest, under which the controller keeps it. */
  digest: string;
  /** Folder on the node in which pieces arrive. */
  target: string;
  /** user:group as which they are written. */
  owner: string;
  /** Makes the node ready: refuses what must not be done, makes `target`. */
  prepare(manifest: string): Command;
  /** Prints what the node lacks; changes nothing. */
  needs: Command;
}

/** One thing that can be true of a node: facts and operation in one file. */
export interface SettingDefinition<Entry extends Json> {
  /** The name in the cluster file, in the resource, in drift lines and in errors. */
  key: string;
  /** One sentence for the reference. */
  description: string;
  /** The rule of one entry. */
  entry: z.ZodType<Entry>;
  /** Settings of the same node that must be true before. */
  after?: readonly string[];
  /** Whether it is the way in: closed when nothing else of ours is left on the node. */
  isWayIn?: boolean;
  /** Lock on the node for work that cannot run beside other work of its kind. */
  lock?: string;
  /** How long a change may take that the program gives no time; half an hour unless given. */
  patienceSeconds?: number;
  /** Facts that the resource outputs besides its entries, each described. */
  outputs?: Record<string, z.ZodType>;
  linux: OperatingSystem<Entry>;
}

/** A setting with its entry type closed over, so that all settings fit one table. */
export interface Setting extends Omit<SettingDefinition<Json>, "entry" | "linux"> {
  /** The rule of the whole value: name → entry. */
  value: z.ZodType<Record<string, Json>>;
  linux: OperatingSystem<Json>;
}

/** Closes a definition: what comes from outside passes the entry's rule before the definition sees it. */
export function setting<Entry extends Json>(definition: SettingDefinition<Entry>): Setting {
  const entries = z.record(z.string(), definition.entry.nullable());
  const { linux } = definition;
  return {
    ...definition,
    value: z.record(z.string().min(1), definition.entry),
    linux: {
      read: (wanted) => linux.read(entries.parse(wanted)),
      parse: (text, wanted) => linux.parse(text, entries.parse(wanted)),
      prepare: (actual, wanted, fresh) =>
        linux.prepare?.(entries.parse(actual), entries.parse(wanted), fresh) ?? [],
      deliveries: (actual, wanted) => linux.deliveries?.(entries.parse(actual), entries.parse(wanted)) ?? [],
      remedy: (wanted) => linux.remedy?.(definition.entry.nullable().parse(wanted)),
      plan: (actual, wanted, returning) =>
        linux.plan(entries.parse(actual), entries.parse(wanted), returning),
    },
  };
}

/** What a setting's rows say of the wanted keys, where `read` prints a row for each entry that is there. */
export function entriesOfRows<Entry>(
  text: string,
  parseRow: (row: string) => [key: string, entry: Entry],
  wanted: Entries<unknown>,
): Entries<Entry> {
  const found = new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map(parseRow),
  );
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, found.get(key) ?? null]));
}

/** Some of the entries, absent ones as such. */
export function pick(entries: Entries<Json>, keys: readonly string[]): Entries<Json> {
  return Object.fromEntries(keys.map((key) => [key, entries[key] ?? null]));
}

/** The keys whose entry differs from the wanted one. */
export function differing(actual: Entries<Json>, wanted: Entries<Json>): string[] {
  return Object.keys(wanted).filter((key) => !isSame(actual[key] ?? null, wanted[key] ?? null));
}

/** Deep equality of JSON values, whatever the order of their keys. */
export function isSame(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_key, inner: Json) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
