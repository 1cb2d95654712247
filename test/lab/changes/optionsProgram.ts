import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Json } from "../../../provider/settings/setting.ts";
import { root } from "../../../scripts/lab/labStack.ts";
import type { TestCluster } from "../../support/testCluster.ts";
import { testFolder } from "../../support/testLab.ts";

const folder = join(root, "test/lab/programs/options");
const stack = "labhoptions";
const configFile = join(testFolder, `Pulumi.${stack}.yaml`);

/** The program of test/lab/programs/options, on a stack of its own. */
export interface OptionsProgram {
  /** Runs pulumi on it with the files' wanted content; resolves with all that was printed, rejects when it failed. */
  pulumi(content: string, command: string, ...args: string[]): Promise<string>;
  unprotect(): Promise<void>;
  /** Takes the stack away, whatever it holds. */
  end(): Promise<void>;
}

/** Makes the program's stack; its files are on `node`. */
export async function optionsProgram({ prepared }: TestCluster, node: Json): Promise<OptionsProgram> {
  const inFolder = { cwd: folder, stdin: "ignore", all: true } as const;
  const end = async () => {
    await prepared.pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"], {
      ...inFolder,
      reject: false,
    });
    await rm(join(folder, `Pulumi.${stack}.yaml`), { force: true });
  };
  await end();
  await prepared.pulumi(["stack", "init", stack, "--no-select"], inFolder);
  await rm(join(folder, `Pulumi.${stack}.yaml`), { force: true });
  const pulumi = async (content: string, command: string, ...args: string[]) => {
    const config = { "minirack-options:node": JSON.stringify(node), "minirack-options:content": content };
    await writeFile(configFile, stringify({ config }));
    const given = [command, ...args, "--stack", stack, "--config-file", configFile, "--color", "never"];
    return (await prepared.pulumi(given, inFolder)).all;
  };
  const unprotect = async () =>
    void (await prepared.pulumi(["state", "unprotect", "--all", "--yes", "--stack", stack], inFolder));
  return { pulumi, unprotect, end };
}
