import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { reachedByFile } from "../provider/importedInputs.ts";
import { giveBack } from "./giveBack/giveBack.ts";
import { type GiveBackArguments, giveBackCommand } from "./giveBack/giveBackCommand.ts";
import { recordTable } from "./giveBack/recordTable.ts";
import { refuseKnownNode } from "./giveBack/refuseKnownNode.ts";
import { projectFolder } from "./project.ts";
import { preparePulumi } from "./pulumi/prepare.ts";
import { stackConfiguration } from "./pulumi/stackConfiguration.ts";
import { runCommand } from "./runCommand.ts";

const root = projectFolder();
const say = (line: string) => console.error(line);

async function run({ node, stack, yes = false, json, ...given }: GiveBackArguments): Promise<void> {
  const configFile = given.configFile ? resolve(given.configFile) : join(root, `Pulumi.${stack}.yaml`);
  process.chdir(root); // paths in the configuration start there
  const prepared = await preparePulumi({ root, say });
  if (yes) await refuseKnownNode(prepared, stack, node);
  const configuration = await stackConfiguration(prepared, stack, configFile);
  const owner = given.owner ?? `${projectName()}/${stack}`;
  const reached = await reachedByFile(node, stack, configuration);
  const records = await giveBack({ reached, owner, isWanted: yes, say });
  if (json) console.log(JSON.stringify({ node, owner, isGivenBack: yes, records }, null, 2));
  else
    console.log(records.length === 0 ? `${node} holds no record of minirack` : recordTable(records, owner));
  if (!yes && records.length > 0) say(`nothing was changed; --yes does it`);
}

function projectName(): string {
  return z.object({ name: z.string() }).parse(parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"))).name;
}

await runCommand(giveBackCommand(run));
