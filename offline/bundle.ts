import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildOnce, cacheFolder, inputsHash } from "./cache.ts";

const executables = {
  "pulumi-language-nodejs": "languageHost.ts",
  "pulumi-resource-command": "command.ts",
  "pulumi-resource-docker": "docker.ts",
};

/**
 * Bundles the stand-ins, each into one executable file that starts quickly and needs no node_modules.
 * @returns the folder that holds them
 */
export async function bundleStandIns(): Promise<string> {
  const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".ts"));
  const files = sources.map((name) => join(import.meta.dirname, name));
  const hash = inputsHash([...files, join(import.meta.dirname, "..", "package-lock.json")]);
  return buildOnce(join(cacheFolder(), `stand-ins-${hash}`), async (folder) => {
    const { build } = await import("esbuild");
    for (const [executable, source] of Object.entries(executables)) {
      const outfile = join(folder, executable);
      await build({
        entryPoints: [join(import.meta.dirname, source)],
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        banner: { js: "#!/usr/bin/env node" },
        external: ["cpu-features", "*.node"], // ssh2's optional native parts
        logLevel: "error",
      });
      chmodSync(outfile, 0o755);
    }
  });
}
