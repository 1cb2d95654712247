import { compareLinks } from "./measureLinks/compareLinks.ts";
import { type LinksArguments, linksCommand } from "./measureLinks/linksCommand.ts";
import { linkTable } from "./measureLinks/linkTable.ts";
import { isWorse } from "./measureLinks/verdict.ts";
import { openStack } from "./nodes/stackNodes.ts";
import { runCommand } from "./runCommand.ts";

async function run({ nodes, stack, configFile, json }: LinksArguments): Promise<void> {
  const { pairs, errors } = await compareLinks(await openStack(stack, configFile), nodes);
  if (pairs.length === 0)
    throw new Error(`stack ${stack}: expected two nodes with a linkAddress, got no pair; give nodes one`);
  if (json) console.log(JSON.stringify({ stack, pairs, errors }, null, 2));
  (json ? console.error : console.log)(linkTable(pairs));
  for (const error of errors) console.error(error);
  if (pairs.some(({ verdict }) => isWorse(verdict))) process.exitCode = 1;
}

await runCommand(linksCommand(run));
