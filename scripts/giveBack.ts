import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { reachedByFile } from "../provider/importedInputs.ts";
import { type Owner, ownerText } from "../provider/stackIdentity.ts";
import { giveBack } from "./giveBack/giveBack.ts";
import { type GiveBackArguments, giveBackCommand } from "./giveBack/giveBackCommand.ts";
import { recordTable } from "./giveBack/recordTable.ts";
import { refuseKnownNode } from "./giveBack/refuseKnownNode.ts";
import { hostKeysOf } from "./nodes/hostKeys.ts";
import { stackIdIn } from "./nodes/stackId.ts";
import { projectFolder } from "./project.ts";
import { exportedResources } from "./pulumi/exportedResources.ts";
import { preparePulumi } from "./pulumi/prepare.ts";
import { stackConfiguration } from "./pulumi/stackConfiguration.ts";
import { runCommand } from "./runCommand.ts";

const root = projectFolder();
const say = (line: string) => console.error(line);

async function run({ node, stack, takeOver, yes = false, json, ...given }: GiveBackArguments): Promise<void> {
  const configFile = given.configFile ? resolve(given.configFile) : join(root, `Pulumi.${stack}.yaml`);
  process.chdir(root); // paths in the configuration start there
  const prepared = await preparePulumi({ root, say });
  const resources = await exportedResources(prepared, stack);
  if (yes) refuseKnownNode(resources, stack, node);
  const configuration = await stackConfiguration(prepared, stack, configFile);
  const owner: Owner = { stack: `${projectName()}/${stack}`, id: stackIdIn(resources, stack) };
  const reached = await reachedByFile(node, stack, configuration, hostKeysOf(resources).get(node));
  const records = await giveBack({ reached, owner, takeOver, isWanted: yes, say });
  const hasOwn = records.some(({ isOwn }) => isOwn);
  if (json)
    console.log(
      JSON.stringify({ node, owner: owner.stack, id: owner.id, isGivenBack: yes, records }, null, 2),
    );
  else console.log(records.length === 0 ? `${node} holds no record of minirack` : recordTable(records));
  if (yes || records.length === 0) return;
  say(hasOwn ? "nothing was changed; --yes does it" : `none of them is of stack ${ownerText(owner)}`);
}

function projectName(): string {
  return z.object({ name: z.string() }).parse(parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"))).name;
}

await runCommand(giveBackCommand(run));
