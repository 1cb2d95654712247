import { chooseNodes } from "./nodes/chooseNodes.ts";
import { openStack } from "./nodes/stackNodes.ts";
import { thisController } from "./rebootNodes/controller.ts";
import { type RebootArguments, rebootCommand } from "./rebootNodes/rebootCommand.ts";
import { rebootStack } from "./rebootNodes/rebootStack.ts";
import { leftLine, rebootTable } from "./rebootNodes/rebootTable.ts";
import { runCommand } from "./runCommand.ts";

async function reboot({ node, stack, configFile, json, ...typed }: RebootArguments): Promise<void> {
  const opened = await openStack(stack, configFile);
  const all = await rebootStack(opened, chooseNodes(opened, node), {
    isRolling: typed.rolling ?? false,
    isOnlyIfRequired: typed.ifRequired ?? false,
    timeoutSeconds: typed.timeout,
    controller: thisController(),
    say: console.error,
  });
  if (json) console.log(JSON.stringify(all, null, 2));
  (json ? console.error : console.log)(rebootTable(all));
  const left = leftLine(all);
  for (const line of [...all.map(({ error }) => error), left]) if (line !== undefined) console.error(line);
  if (left !== undefined || all.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

await runCommand(rebootCommand(reboot));
