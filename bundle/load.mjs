import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleFolder } from "./bundleFolder.mjs";
import { bundles } from "./bundles.mjs";

/**
 * Imports the bundle of the sources as they are now, which is made first where there is none; node reads one in a fifth of the
 * time. Where none can be made, as in a folder that is read-only, tsx runs the sources.
 * @param {import("./bundles.mjs").BundleName} name
 * @param {string} root the project's folder
 */
export async function load(name, root = join(import.meta.dirname, "..")) {
  const folder = bundleFolder(root, name);
  try {
    if (!existsSync(folder)) await renew(root, name, folder);
  } catch {
    const { register } = await import("tsx/esm/api");
    register();
    return await import(pathToFileURL(join(root, bundles[name].entry)).href);
  }
  return await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
}

/**
 * Builds, and takes older bundles away: whoever runs one has read it.
 * @param {string} root
 * @param {import("./bundles.mjs").BundleName} name
 * @param {string} folder
 */
async function renew(root, name, folder) {
  const { buildBundle } = await import("./build.mjs");
  const dist = dirname(folder);
  const others = (existsSync(dist) ? readdirSync(dist) : []).filter(
    (one) => one.startsWith(`${name}-`) && !one.startsWith(basename(folder)), // another process may be at the same one
  );
  await buildBundle(root, name, folder);
  for (const one of others) rmSync(join(dist, one), { recursive: true, force: true });
}
