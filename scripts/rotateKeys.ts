import { join, resolve } from "node:path";
import { openStack } from "./nodes/stackNodes.ts";
import { projectFolder } from "./project.ts";
import { preparePulumi } from "./pulumi/prepare.ts";
import { rotateKeys } from "./rotateKeys/rotateKeys.ts";
import { type RotateKeysArguments, rotateKeysCommand } from "./rotateKeys/rotateKeysCommand.ts";
import { runCommand } from "./runCommand.ts";

const root = projectFolder();

/** Without this the next `pulumi up` would take the new keys for a change by hand. */
async function refreshKeys(stack: string, configFile: string, nodes: string[]): Promise<void> {
  const prepared = await preparePulumi({ root, say: console.error });
  const resources = nodes.flatMap((node) => [`**::${node}-sshAccess`, `**::${node}-peers`]);
  const targets = ["**minirack:cluster:Key::*", ...resources].flatMap((pattern) => ["--target", pattern]);
  const args = [
    "refresh",
    "--yes",
    "--skip-preview",
    "--stack",
    stack,
    "--config-file",
    configFile,
    ...targets,
  ];
  const { failed, all } = await prepared.pulumi(args, { stdin: "ignore", all: true, reject: false });
  if (!failed) return;
  throw new Error(
    `stack ${stack}: expected its state to learn the new keys, got:\n${all}\nThe nodes have them. Run scripts/rotate-keys again`,
  );
}

async function run({ node, stack, ...given }: RotateKeysArguments): Promise<void> {
  const configFile = given.configFile ? resolve(given.configFile) : join(root, `Pulumi.${stack}.yaml`);
  const opened = await openStack(stack, configFile);
  const refresh = (nodes: string[]) => refreshKeys(stack, configFile, nodes);
  const isWhole = await rotateKeys(opened, { only: node, say: (line) => console.log(line), refresh });
  if (!isWhole) process.exitCode = 1;
}

await runCommand(rotateKeysCommand(run));
