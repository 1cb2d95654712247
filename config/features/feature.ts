import type { z } from "zod";
import type { FolderRules } from "../../provider/folders/folderManifest.ts";
import type { FolderOrigin, SourceFolder } from "../folders.ts";
import type { Wanted } from "../secretText.ts";
import type { NodeProject } from "./projects.ts";

/** Values of settings in the form that their resources take: setting → entry → value. */
export type SettingValues = Record<string, Record<string, Wanted>>;

/** Tells what is wrong with the value at a path: `expected …, got …; remedy`. */
export type Wrong = (at: PropertyKey[], text: string) => void;

/** Where a cluster file's paths start, and what else is known of the node that a feature is for. */
export interface FeatureContext {
  /** Tells a problem of the value at a path below the feature's key; the load fails when all are told. */
  wrong: Wrong;
  /** What `make` gives; its error is a problem of the value at that path, and then there is nothing. */
  attempt<Made>(at: PropertyKey[], make: () => Made): Made | undefined;
  /** Text of a file that the cluster file names at a path below the feature's key; empty where that is a problem. */
  text(path: string, at: PropertyKey[]): string;
  /** User to log in as. */
  user: string;
  /** Its name in the cluster file. */
  node: string;
  /** The first link address of every node that has one. */
  links: { node: string; address: string }[];
  /** A folder of the controller, as it is now; empty where that is a problem of the value at that path. */
  look(origin: FolderOrigin, rules: FolderRules, at: PropertyKey[]): SourceFolder;
  /** A project of the node by its name; nothing where that is a problem. */
  project(name: string, at: PropertyKey[]): NodeProject | undefined;
}

/** A key of the cluster file, for one node or for all: how it is written, and which settings it means. */
export interface Feature<Key extends string = string, Rule extends z.ZodType = z.ZodType> {
  /** The key in the cluster file. */
  key: Key;
  /** How its value is written, with a description for the reference. */
  rule: Rule;
  /** What it wants of the settings: its own, and the packages, files or services that it needs. */
  settings(value: unknown, context: FeatureContext): SettingValues;
}

/** Closes a definition: what comes from outside passes its rule first. */
export function feature<Key extends string, Rule extends z.ZodType>(definition: {
  key: Key;
  rule: Rule;
  settings(value: z.output<Rule>, context: FeatureContext): SettingValues;
}): Feature<Key, Rule> {
  return {
    ...definition,
    settings: (value, context) => definition.settings(definition.rule.parse(value), context),
  };
}

/** The same for every value of a map. */
export function mapValues<From>(
  record: Record<string, From>,
  map: (value: From, key: string) => Wanted,
): Record<string, Wanted> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

/** Packages that are wanted, as the setting has them. */
export function installed(...names: string[]): Record<string, Wanted> {
  return Object.fromEntries(names.map((name) => [name, "installed"]));
}

/** A file of root's that everybody may read. */
export function rootFile(content: string): { content: string; mode: string; owner: string } {
  return { content, mode: "0644", owner: "root:root" };
}

/** A service that runs now and after a boot, and has started after these files were last changed. */
export function running(...startedAfter: string[]): { [claim: string]: Wanted } {
  const after = Object.fromEntries(startedAfter.map((path) => [path, ""])); // contents: startedAfter.ts
  return { isEnabled: true, isRunning: true, ...(startedAfter.length > 0 && { startedAfter: after }) };
}

/** Both, entry by entry; where both have one, the second's. */
export function mergeSettings(one: SettingValues, other: SettingValues): SettingValues {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, { ...one[key], ...other[key] }]));
}
