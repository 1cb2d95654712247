import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildBundle } from "./build.mjs";
import { bundleFolder } from "./bundleFolder.mjs";

/** Before `npm pack`: the provider's bundle where the package will look for it. Programs are their users' own. */
const root = join(import.meta.dirname, "..");
rmSync(join(root, "dist"), { recursive: true, force: true });
await buildBundle(root, "provider", bundleFolder(root, "provider", false));
