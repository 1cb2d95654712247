import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/lab/labStack.ts";
import { type PreparedPulumi, preparePulumi } from "../../scripts/pulumi/prepare.ts";
import { selectStack } from "../../scripts/pulumi/stack.ts";

/** The stack that the states of released versions are of. */
export const upgradeStack = "upgrade";
const releases = import.meta.dirname;
/** Of a test alone: what it opens was a lab's that is no more. */
const passphrase = "nothing is behind this passphrase of a test\n";

/** A stack with a backend of its own in a folder, beside all others. */
export interface UpgradeStack {
  prepared: PreparedPulumi;
  /** Its configuration, in that folder. */
  configFile: string;
  /** Runs pulumi on the stack; resolves with what it printed. */
  pulumi(args: string[], input?: string): Promise<string>;
}

/** Folder of a version's state and cluster file, in the project. */
export function releaseFolder(version: string): string {
  return join(releases, version);
}

/** Every version of which there is a state. */
export async function releasedVersions(): Promise<string[]> {
  return (await readdir(releases)).filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort();
}

/**
 * Makes the stack, empty, with the configuration of a version.
 * @param folder where backend and configuration go
 */
export async function emptyStack(folder: string, version: string): Promise<UpgradeStack> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "passphrase"), passphrase, { mode: 0o600 });
  const configFile = join(folder, `Pulumi.${upgradeStack}.yaml`);
  await cp(join(releaseFolder(version), `Pulumi.${upgradeStack}.yaml`), configFile);
  const prepared = await preparePulumi({ root, say: console.log, stateDir: folder });
  await selectStack(prepared, upgradeStack, { configFile });
  return {
    prepared,
    configFile,
    pulumi: async (args, input = "") => {
      const onStack = args[0] === "stack" ? [] : ["--config-file", configFile];
      const all = [...args, "--stack", upgradeStack, ...onStack];
      return (await prepared.pulumi(all, { input })).stdout;
    },
  };
}
