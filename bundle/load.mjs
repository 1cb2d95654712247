import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sourcesHash } from "./sourcesHash.mjs";

/**
 * Imports the bundle of the sources as they are now, which is made first where there is none; node reads one in a fifth of the
 * time. Where none can be made, as in a folder that is read-only, tsx runs the sources.
 * @param {"provider" | "program"} bundle
 * @param {string} source the bundle's entry, from the project's folder
 * @param {string} root the project's folder
 */
export async function load(bundle, source, root = join(import.meta.dirname, "..")) {
  const folder = join(root, "dist", sourcesHash(root));
  try {
    if (!existsSync(folder)) await renew(root, folder);
  } catch {
    const { register } = await import("tsx/esm/api");
    register();
    return await import(pathToFileURL(join(root, source)).href);
  }
  return await import(pathToFileURL(join(folder, `${bundle}.mjs`)).href);
}

/**
 * Builds, and takes older bundles away: whoever runs one has read it.
 * @param {string} root
 * @param {string} folder
 */
async function renew(root, folder) {
  const { buildBundles } = await import("./build.mjs");
  const dist = dirname(folder);
  const names = existsSync(dist) ? readdirSync(dist) : [];
  const older = names.filter((name) => !name.startsWith(basename(folder))); // another process may be at the same one
  await buildBundles(root, folder);
  for (const name of older) rmSync(join(dist, name), { recursive: true, force: true });
}
