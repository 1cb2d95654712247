import { nearestNames } from "../nearestNames.ts";
import { listed } from "./foundText.ts";
import { keysAt, type SchemaPart } from "./schemaParts.ts";

/**
 * What to do about a key that does not exist there: the nearest names of those that do, where it belongs, or all of them.
 * @param present keys that are there already: none of them is meant
 */
export function unknownKey(
  schema: SchemaPart,
  path: readonly PropertyKey[],
  key: string,
  present: readonly string[],
): string {
  const free = keysAt(schema, path).filter((one) => !present.includes(one));
  return `expected a key that exists here, got ${JSON.stringify(key)}; ${remedyOf(schema, path, key, free)}`;
}

function remedyOf(
  schema: SchemaPart,
  path: readonly PropertyKey[],
  key: string,
  free: readonly string[],
): string {
  if (path.length === 0 && keysAt(schema, ["nodes", 0]).includes(key)) return "move it to the nodes";
  if (path[0] === "nodes" && keysAt(schema, []).includes(key)) return "move it above nodes";
  const nearest = nearestNames(key, free, 2);
  if (nearest.length > 0) return `write ${listed(nearest)}`;
  return free.length === 0 ? "remove it" : `write ${listed(free)}, or remove it`;
}
