import { z } from "zod";
import type { Properties } from "../resource.ts";
import type { Json } from "../settings/setting.ts";
import { registerSecret } from "../transport/redact.ts";

/** How the engine writes a value that is not known yet (sdk: `unknownValue`). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A path into properties. */
export type Path = (string | number)[];

/** A property bag taken apart: plain values, and where in them the secrets are. */
export interface Opened {
  properties: Properties;
  secrets: Path[];
}

const bagSchema = z.record(z.string(), z.json());

/** Plain values, with the paths of what was wrapped as secret; no text of ours shows those from then on. */
export function open(bag: unknown): Opened {
  const secrets: Path[] = [];
  const properties = bagSchema.parse(unwrap(z.json().parse(bag ?? {}), [], secrets));
  return { properties, secrets };
}

function unwrap(value: Json, path: Path, secrets: Path[]): Json {
  if (Array.isArray(value)) return value.map((inner, index) => unwrap(inner, [...path, index], secrets));
  if (value === null || typeof value !== "object") return value;
  if (value[signatureKey] === secretSignature) {
    secrets.push(path);
    hide(value.value ?? null);
    return unwrap(value.value ?? null, path, secrets);
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, unwrap(inner, [...path, key], secrets)]);
  return Object.fromEntries(entries);
}

/** A shorter one is in every text, and hides nothing. */
const shortest = 4;

function hide(secret: Json): void {
  if (typeof secret === "string" && secret.length >= shortest && secret !== unknownValue)
    registerSecret(secret);
  else if (secret !== null && typeof secret === "object") Object.values(secret).forEach(hide);
}

/** The properties with what is at `secrets` wrapped again: a bag that comes back unwrapped would be stored as plain text. */
export function close(properties: Properties, secrets: Path[]): Properties {
  return bagSchema.parse(secrets.reduce<Json>(wrap, properties));
}

function wrap(value: Json, [first, ...rest]: Path): Json {
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  if (first === undefined)
    return isObject && value[signatureKey] === secretSignature
      ? value
      : { [signatureKey]: secretSignature, value };
  if (Array.isArray(value)) return value.map((inner, index) => (index === first ? wrap(inner, rest) : inner));
  if (!isObject || !(first in value)) return value;
  return { ...value, [first]: wrap(value[first] ?? null, rest) };
}

/** Every path in the value that ends as one of `ends`. */
export function pathsEnding(value: Json, ends: readonly Path[], path: Path = []): Path[] {
  const isOne = ends.some((end) => end.every((part, at) => part === path.at(at - end.length)));
  if (isOne || value === null || typeof value !== "object") return isOne ? [path] : [];
  const inner = Array.isArray(value) ? value.map((one, at) => [at, one] as const) : Object.entries(value);
  return inner.flatMap(([key, one]) => pathsEnding(one, ends, [...path, key]));
}

/** Whether anything in the value is not known yet. */
export function hasUnknown(value: Json): boolean {
  if (value === unknownValue) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}

/** Whether what is at `path`, or holds it, is not known yet: that breaks rules which the real value may keep. */
export function isUnknownAt(properties: Properties, path: string[]): boolean {
  return hasUnknown(valueAt(properties, path) ?? null);
}

/** Whether nothing is at `path`. */
export function isMissingAt(properties: Properties, path: string[]): boolean {
  return valueAt(properties, path) === undefined;
}

/** What is at `path`, or on the way there and holds nothing further. */
function valueAt(value: Json | undefined, [first, ...rest]: string[]): Json | undefined {
  if (first === undefined || value === null || typeof value !== "object") return value;
  return valueAt(Object.entries(value).find(([key]) => key === first)?.[1], rest);
}
