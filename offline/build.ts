import { cpSync, linkSync, lstatSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildGo } from "./buildGo.ts";
import { bundleStandIns } from "./bundle.ts";

const version = "3.259.0";
const setVersion = (modulePath: string, value: string) => `-s -w -X ${modulePath}/version.Version=v${value}`;
const cli = {
  folder: join(import.meta.dirname, "cli"),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  executable: "pulumi",
  ldflags: setVersion("github.com/pulumi/pulumi/sdk/v3/go/common", version),
  duration: "5 to 10 minutes",
};
const yamlHost = {
  folder: join(import.meta.dirname, "yaml"),
  package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  executable: "pulumi-language-yaml",
  ldflags: setVersion("github.com/pulumi/pulumi-yaml/pkg", "1.32.0"),
  duration: "1 to 2 minutes",
};

export interface OfflineBuild {
  /** A home of its own, never the user's: stand-ins must not be taken for the real plugins. */
  pulumiHome: string;
  say: (text: string) => void;
  /** Adds the language host for YAML programs. */
  yaml?: boolean;
}

/**
 * Lays out a PULUMI_HOME with the genuine CLI, built from its Go module, and the stand-ins for what no package registry has.
 * What is built stays in the user's cache; the home shares its files.
 * @throws with the remedy when Go is missing or too old, or a module cannot be had
 */
export async function buildOffline({ pulumiHome, say, yaml = false }: OfflineBuild): Promise<void> {
  const bin = join(pulumiHome, "versions", version, "bin");
  const standIns = await bundleStandIns();
  mkdirSync(pulumiHome, { recursive: true });
  // Else Node takes the bundles, which have no extension, for what the package.json of this project says.
  writeFileSync(join(pulumiHome, "package.json"), '{ "type": "commonjs" }\n');
  for (const [name, pluginVersion] of [
    ["command", "1.2.1"],
    ["docker", "5.2.0"],
  ]) {
    const executable = `pulumi-resource-${name}`;
    const folder = join(pulumiHome, "plugins", `resource-${name}-v${pluginVersion}`);
    place(join(standIns, executable), join(folder, executable));
  }
  place(join(standIns, "pulumi-language-nodejs"), join(bin, "pulumi-language-nodejs"));
  if (yaml) place(await buildGo(yamlHost, say), join(bin, yamlHost.executable));
  place(await buildGo(cli, say), join(bin, "pulumi"));
}

/**
 * Puts the cache's file at `path`: linked where the file system can, else copied. Not a symbolic link, because the CLI looks for
 * its language hosts beside the file that it really is. A running command never sees it missing.
 */
function place(cached: string, path: string): void {
  const [wanted, found] = [lstatSync(cached), lstatSync(path, { throwIfNoEntry: false })];
  if (found?.size === wanted.size && found.mtimeMs === wanted.mtimeMs) return;
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  try {
    linkSync(cached, beside);
  } catch {
    cpSync(cached, beside, { preserveTimestamps: true });
  }
  renameSync(beside, path);
}
