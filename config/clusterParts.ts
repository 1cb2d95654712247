import { clusterSchema } from "./clusterFile.ts";
import { type SchemaPart, schemaOf } from "./problems/schemaParts.ts";

let parts: SchemaPart | undefined;

/** What the rules say of a cluster file, for telling problems: made when the first is told. */
export function clusterParts(): SchemaPart {
  parts ??= schemaOf(clusterSchema);
  return parts;
}
