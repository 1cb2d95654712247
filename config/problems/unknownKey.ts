import { nearestNames } from "../nearestNames.ts";
import { listed } from "./foundText.ts";
import { keysAt, type SchemaPart } from "./schemaParts.ts";

/** What to do about a key that does not exist there: the nearest names of those that do, where it belongs, or all of them. */
export function unknownKey(schema: SchemaPart, path: readonly PropertyKey[], key: string): string {
  return `expected a key that exists here, got ${JSON.stringify(key)}; ${remedyOf(schema, path, key)}`;
}

function remedyOf(schema: SchemaPart, path: readonly PropertyKey[], key: string): string {
  const here = keysAt(schema, path);
  if (path.length === 0 && keysAt(schema, ["nodes", 0]).includes(key)) return "move it to the nodes";
  if (path[0] === "nodes" && keysAt(schema, []).includes(key)) return "move it above nodes";
  const nearest = nearestNames(key, here, 2);
  if (nearest.length > 0 && !here.includes(key)) return `write ${listed(nearest)}`;
  return here.length === 0 ? "remove it" : `write ${listed(here)}, or remove it`;
}
