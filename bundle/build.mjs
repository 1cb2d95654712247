import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";

/** Pulumi's runner brings the SDK that the program must share; it has what the program's other packages need too. */
const bundles = [
  { name: "provider", entry: "provider/main.ts", external: [] },
  { name: "program", entry: "index.ts", external: ["@pulumi/*"] },
];
/** What packages that are CommonJS expect to be there. */
const commonJs = [
  'import { createRequire } from "node:module";',
  "const require = createRequire(import.meta.url), __dirname = import.meta.dirname;",
].join("\n");

/**
 * Bundles provider and program with the packages that they use; of two builds at once the first to finish stays.
 * @param {string} root the project's folder
 * @param {string} folder where they go: whole whenever it is there
 */
export async function buildBundles(root, folder) {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = mkdtempSync(`${folder}.building-`);
  try {
    for (const { name, entry, external } of bundles) {
      await build({
        absWorkingDir: root,
        entryPoints: { [name]: entry },
        outdir: beside,
        outExtension: { ".js": ".mjs" },
        bundle: true,
        splitting: true, // what only some stacks need is loaded only for them
        platform: "node",
        format: "esm",
        target: "node20",
        banner: { js: commonJs },
        external: [...external, "cpu-features", "*.node"], // ssh2's optional native parts
        logLevel: "error",
      });
    }
    renameSync(beside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
