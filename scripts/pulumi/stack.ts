import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { PreparedPulumi } from "./prepare.ts";
import { hideSalt, holdsSecrets, readSalt, removeSalt } from "./salt.ts";

const projectFile = z.object({ name: z.string() });
const stateFile = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        secrets_providers: z.object({ state: z.object({ salt: z.string().optional() }) }).optional(),
      })
      .nullish(),
  }),
});

/**
 * Makes the stack unless it is there, and leaves all that git tracks as it was. Which stack is the current one does not
 * change: commands name theirs by `--stack`.
 * @param configFile the stack's configuration, `Pulumi.STACK.yaml` in the project's folder unless given
 * @throws when the configuration's salt belongs to another passphrase
 */
export async function selectStack(
  prepared: PreparedPulumi,
  stack: string,
  { configFile = join(prepared.root, `Pulumi.${stack}.yaml`) } = {},
): Promise<void> {
  await makeStack(prepared, stack, configFile);
  await hideSalt(prepared.root, configFile);
}

async function makeStack(prepared: PreparedPulumi, stack: string, configFile: string): Promise<void> {
  if (prepared.isOwnBackend) {
    const { exists, salt } = ownState(prepared, stack);
    const isNeeded = holdsSecrets(configFile); // nothing else could open them again
    if (readSalt(configFile) !== salt && !isNeeded) await removeSalt(configFile); // of an earlier state
    if (exists) return;
  }
  if (!prepared.isOwnBackend && (await hasStack(prepared, stack))) return;
  const usual = join(prepared.root, `Pulumi.${stack}.yaml`);
  const isUsualThere = existsSync(usual);
  const made = await prepared.pulumi(["stack", "init", stack, "--no-select"], { reject: false });
  if (!isUsualThere && configFile !== usual) rmSync(usual, { force: true }); // `stack init` writes no other file
  if (!made.failed) return;
  throw new Error(
    `stack ${stack}: \`pulumi stack init\` failed: ${made.stderr.trim()}\nIf the passphrase is not the one of the ` +
      `encryptionsalt in ${configFile}, set PULUMI_CONFIG_PASSPHRASE_FILE to the right one or remove that line.`,
  );
}

async function hasStack({ pulumi }: PreparedPulumi, stack: string): Promise<boolean> {
  const { stdout } = await pulumi(["stack", "ls", "--json"]);
  const names = z.array(z.object({ name: z.string() })).parse(JSON.parse(stdout));
  return names.some(({ name }) => name === stack || name.endsWith(`/${stack}`));
}

/** Read from the file itself, which is there in no time. */
function ownState({ root, stateDir }: PreparedPulumi, stack: string): { exists: boolean; salt?: string } {
  const { name } = projectFile.parse(parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")));
  const file = join(stateDir, "backend", ".pulumi", "stacks", name, `${stack}.json`);
  if (!existsSync(file)) return { exists: false };
  const { checkpoint } = stateFile.parse(JSON.parse(readFileSync(file, "utf8")));
  return { exists: true, salt: checkpoint.latest?.secrets_providers?.state.salt };
}
