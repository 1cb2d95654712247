import { openStack } from "./nodes/stackNodes.ts";
import { runCommand } from "./runCommand.ts";
import { removeSshConfig, writeSshConfig } from "./sshConfig/sshConfig.ts";
import { type SshConfigArguments, sshConfigCommand } from "./sshConfig/sshConfigCommand.ts";

async function sshConfig({ stack, configFile, remove = false }: SshConfigArguments): Promise<void> {
  if (remove) return await removeSshConfig(stack);
  const { file, nodes, left, shared } = await writeSshConfig(await openStack(stack, configFile));
  console.log(`${file}: ssh ${nodes.join(", ssh ")}`);
  for (const name of left) console.error(`${name} is left out: pulumi up has not pinned its host key yet`);
  for (const name of shared)
    console.error(`${name} has that name too: ssh ${name.split(" ")[0]}.${stack} is this stack's`);
}

await runCommand(sshConfigCommand(sshConfig));
