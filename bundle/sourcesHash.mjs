import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All that is bundled, and more: one too many only makes another bundle. */
const rooms = ["bundle", "components", "config", "lab", "provider", "runners", "stacks"];
const lock = "package-lock.json";

/**
 * Stands for all that bundles are made of: another hash, another bundle. A packed package has no lock file.
 * @param {string} root the project's folder
 * @param {boolean} hasLock whether the lock file counts
 */
export function sourcesHash(root, hasLock = existsSync(join(root, lock))) {
  const inRoom = (/** @type {string} */ room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.m?ts$|\.mjs$/.test(name))
      .map((name) => join(room, name));
  const files = [...rooms.flatMap(inRoom).sort(), "index.ts", ...(hasLock ? [lock] : [])];
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}
