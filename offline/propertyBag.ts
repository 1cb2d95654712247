import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { z } from "zod";

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What the engine sends for a value that is known only after an update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const bagSchema = z.record(z.string(), z.json());
export type Bag = z.infer<typeof bagSchema>;
export type Value = Bag[string];

/** The bag of a message, secrets and unknowns still in their wrappings. */
export const fromStruct = (bag?: struct.Struct): Bag => bagSchema.parse(bag?.toJavaScript() ?? {});
export const toStruct = (bag: Bag): struct.Struct => struct.Struct.fromJavaScript(bag);

export const secret = (value: Value): Value => ({ [signature]: secretSignature, value });
export const hasSecret = (bag: Bag): boolean => JSON.stringify(bag).includes(secretSignature);
export const hasUnknown = (bag: Bag): boolean => JSON.stringify(bag).includes(unknown);

function plainValue(value: Value | undefined): Value {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value ?? null;
  return value[signature] === secretSignature ? plainValue(value.value) : plain(value);
}

/** The bag without secret wrappings, and without what the official plugin filled in itself and noted in `__defaults`. */
export function plain(bag: Bag): Bag {
  const added = ["__defaults", ...(Array.isArray(bag.__defaults) ? bag.__defaults : [])];
  const entries = Object.entries(bag).filter(([key]) => !added.includes(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, plainValue(value)]));
}
