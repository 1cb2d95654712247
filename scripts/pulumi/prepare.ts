import { delimiter, dirname } from "node:path";
import { execa, type Options, type ResultPromise } from "execa";
import { isOwnBackend, makeBackend } from "./backend.ts";
import { choosePulumi } from "./choosePulumi.ts";
import { pulumiEnvironment } from "./environment.ts";
import type { PulumiChoice } from "./pulumiChoice.ts";
import { openStateFolder, stateFolder } from "./stateFolder.ts";

/** The execa options of every run. */
export interface Base {
  cwd: string;
  env: Record<string, string>;
}

/** Runs `pulumi ARGS` in the project's folder, in the prepared environment; options are execa's. */
export type RunPulumi = <Given extends Options = Record<never, never>>(
  args: string[],
  options?: Given,
) => ResultPromise<Base & Given>;

export interface PreparedPulumi {
  choice: PulumiChoice;
  root: string;
  stateDir: string;
  isOwnBackend: boolean;
  /** What has to be added to the user's environment. */
  env: Record<string, string>;
  pulumi: RunPulumi;
}

/**
 * Sorts out everything that `pulumi` needs here: the CLI and its plugins, backend and passphrase; for `yaml` what programs
 * in YAML need. Nothing is done twice.
 * @throws with the remedy when no Pulumi can be had
 */
export async function preparePulumi(options: {
  root: string;
  say: (text: string) => void;
  stateDir?: string;
  yaml?: boolean | undefined;
}): Promise<PreparedPulumi> {
  const { root, say, yaml } = options;
  const stateDir = openStateFolder(options.stateDir ?? stateFolder(root));
  const choice = await choosePulumi({ stateDir, say, yaml });
  const isOwn = isOwnBackend(stateDir, choice.from);
  if (isOwn) makeBackend(stateDir);
  const env = pulumiEnvironment(root, stateDir);
  const path = `${dirname(choice.cli)}${delimiter}${process.env.PATH}`;
  const base: Base = { cwd: root, env: { ...env, PATH: path } };
  const pulumi: RunPulumi = (args, given) => execa(base)(choice.cli, args, given);
  return { choice, root, stateDir, isOwnBackend: isOwn, env, pulumi };
}
