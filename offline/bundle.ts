import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { buildOnce, cacheFolder, inputsHash, keepNewest } from "./cache.ts";

const executables = {
  "pulumi-language-nodejs": "languageHost.ts",
  "pulumi-resource-command": "command.ts",
  "pulumi-resource-docker": "docker.ts",
};
const root = join(import.meta.dirname, "..");

/** What the stand-ins are made of. */
function sources(): string[] {
  const inFolder = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name));
  const transport = ["errorText", "plainText", "redact"].map((name) => `provider/transport/${name}.ts`);
  return [...inFolder("offline"), ...inFolder("provider/server"), ...transport];
}

/**
 * Bundles the stand-ins, each into one executable file that starts quickly and needs no node_modules.
 * @returns the folder that holds them
 */
export async function bundleStandIns(): Promise<string> {
  const hash = inputsHash([...sources(), "package-lock.json"].map((file) => join(root, file)));
  const folder = await buildOnce(join(cacheFolder(), `stand-ins-${hash}`), async (out) => {
    for (const [executable, source] of Object.entries(executables))
      await bundle(join("offline", source), join(out, executable));
  });
  keepNewest(folder, /^stand-ins-[0-9a-f]+$/, 2);
  return folder;
}

async function bundle(source: string, outfile: string): Promise<void> {
  const { build } = await import("esbuild"); // not there without the dev dependencies, nor needed with the official Pulumi
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    metafile: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    external: ["cpu-features", "*.node"], // ssh2's optional native parts
    logLevel: "error",
  });
  expectKnownSources(metafile);
  chmodSync(outfile, 0o755);
}

/** A source that the hash leaves out would change without a new bundle. */
function expectKnownSources({ inputs }: Metafile): void {
  const known = sources();
  const isOurs = (file: string) => !file.includes("node_modules/");
  const missing = Object.keys(inputs).filter((file) => isOurs(file) && !known.includes(file));
  if (missing.length === 0) return;
  throw new Error(
    `offline/bundle.ts: expected sources() to name all that is bundled, missing: ${missing}; add it`,
  );
}
