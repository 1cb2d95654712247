import { chooseNodes } from "./nodes/chooseNodes.ts";
import { expectLinux } from "./nodes/expectLinux.ts";
import { outcomeOf } from "./nodes/outcome.ts";
import { openStack } from "./nodes/stackNodes.ts";
import { runCommand } from "./runCommand.ts";
import { type UpgradeArguments, upgradeCommand } from "./upgradeNodes/upgradeCommand.ts";
import { upgradeNode } from "./upgradeNodes/upgradeNode.ts";
import { upgradeTable } from "./upgradeNodes/upgradeTable.ts";

async function upgrade({ node, stack, configFile, dryRun = false, json }: UpgradeArguments): Promise<void> {
  const chosen = chooseNodes(await openStack(stack, configFile), node);
  const all = await Promise.all(
    chosen.map(({ spec, target }) =>
      outcomeOf(spec.name, async () => {
        expectLinux(spec, "scripts/upgrade");
        return await upgradeNode(await target(), dryRun, (line) => console.error(`${spec.name}: ${line}`));
      }),
    ),
  );
  if (json) console.log(JSON.stringify(all, null, 2));
  (json ? console.error : console.log)(upgradeTable(all));
  for (const { error } of all) if (error !== undefined) console.error(error);
  if (all.some(({ error }) => error !== undefined)) process.exitCode = 1;
  if (dryRun) console.error("nothing was changed; without --dry-run it is done");
  const waiting = all.filter(({ rebootReason }) => rebootReason !== undefined);
  if (waiting.length > 0) console.error(rebootHint(stack));
}

function rebootHint(stack: string): string {
  return `a reboot is due: scripts/reboot --rolling --if-required --stack ${stack}`;
}

await runCommand(upgradeCommand(upgrade));
