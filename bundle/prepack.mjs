import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildBundles } from "./build.mjs";
import { sourcesHash } from "./sourcesHash.mjs";

/** Before `npm pack`: the bundles as the package will look for them, which has no lock file. */
const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
await buildBundles(root, join(dist, sourcesHash(root, false)));
console.error(`bundled into ${readdirSync(dist).map((name) => join("dist", name))}`);
