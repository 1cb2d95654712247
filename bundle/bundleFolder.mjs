import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { bundles } from "./bundles.mjs";

const lock = "package-lock.json";

/**
 * Where the bundle of the sources as they are now lies, if it was made: its name has a hash of them.
 * @param {string} root the project's folder
 * @param {import("./bundles.mjs").BundleName} name
 * @param {boolean} hasLock whether installed packages may change: a packed package has no lock file
 */
export function bundleFolder(root, name, hasLock = existsSync(join(root, lock))) {
  const filesOf = (/** @type {string} */ source) =>
    extname(source) !== ""
      ? [source]
      : readdirSync(join(root, source), { recursive: true, encoding: "utf8" })
          .filter((file) => /\.m?ts$|\.mjs$/.test(file))
          .map((file) => join(source, file));
  const files = [...bundles[name].sources.flatMap(filesOf).sort(), ...(hasLock ? [lock] : [])];
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return join(root, "dist", `${name}-${hash.digest("hex").slice(0, 16)}`);
}
