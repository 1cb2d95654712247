import { join, resolve } from "node:path";
import { projectFolder } from "./project.ts";
import { preparePulumi } from "./pulumi/prepare.ts";
import { selectStack } from "./pulumi/stack.ts";
import { runCommand } from "./runCommand.ts";
import { expectNodes } from "./stack/expectNodes.ts";
import { nodeTargets } from "./stack/nodeTargets.ts";
import { type StackArguments, stackCommand } from "./stack/stackCommand.ts";

const root = projectFolder();

async function run({ command, node: nodes, stack, others, ...given }: StackArguments): Promise<void> {
  const configFile = given.configFile ? resolve(given.configFile) : join(root, `Pulumi.${stack}.yaml`);
  process.chdir(root); // paths in the configuration start there
  const prepared = await preparePulumi({ root, say: console.error });
  await selectStack(prepared, stack, { configFile });
  await expectNodes(prepared, { command, nodes, stack, configFile });
  const args = [
    command,
    "--stack",
    stack,
    "--config-file",
    configFile,
    ...nodeTargets(command, nodes),
    ...others,
  ];
  const { exitCode } = await prepared.pulumi(args, { stdio: "inherit", reject: false });
  process.exitCode = exitCode ?? 1;
}

await runCommand(stackCommand(run));
