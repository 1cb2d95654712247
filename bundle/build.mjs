import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";
import { bundles } from "./bundles.mjs";

/** What packages that are CommonJS expect to be there. */
const commonJs = [
  'import { createRequire } from "node:module";',
  "const require = createRequire(import.meta.url), __dirname = import.meta.dirname;",
].join("\n");

/**
 * Bundles a program with the packages that it uses; of two builds at once the first to finish stays.
 * @param {string} root the project's folder
 * @param {import("./bundles.mjs").BundleName} name
 * @param {string} folder where it goes: whole whenever it is there
 */
export async function buildBundle(root, name, folder) {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = mkdtempSync(`${folder}.building-`);
  try {
    expectKnown(name, await bundleInto(root, name, beside));
    renameSync(beside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {import("./bundles.mjs").BundleName} name
 * @param {string} outdir
 * @returns what went in, by path from the project's folder
 */
async function bundleInto(root, name, outdir) {
  const { entry, external } = bundles[name];
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { [name]: entry },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true, // what only some stacks need is loaded only for them
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: commonJs },
    external: [...external, "cpu-features", "*.node"], // ssh2's optional native parts
    metafile: true,
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}

/**
 * A source that the hash leaves out would change without a new bundle.
 * @param {import("./bundles.mjs").BundleName} name
 * @param {string[]} inputs
 */
function expectKnown(name, inputs) {
  const known = (/** @type {string} */ file) =>
    file.includes("node_modules/") ||
    bundles[name].sources.some((source) => file === source || file.startsWith(`${source}/`));
  const missing = inputs.filter((file) => !known(file));
  if (missing.length === 0) return;
  throw new Error(
    `bundle/bundles.mjs: expected sources of ${name} to hold ${missing}, got none of it; add it`,
  );
}
