import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { removeKey } from "../provider/clusterKey.ts";
import { readKeyOwner } from "../provider/keyOwner.ts";
import { knownStackId } from "../provider/stackIdentity.ts";
import { expandHome } from "../provider/transport/connection.ts";
import { labDown } from "./lab/labDown.ts";
import { root } from "./lab/labStack.ts";
import { type PreparedPulumi, preparePulumi } from "./pulumi/prepare.ts";
import { removeSalt } from "./pulumi/salt.ts";
import { stateFolder } from "./pulumi/stateFolder.ts";
import { removeSshConfig } from "./sshConfig/sshConfig.ts";

new Command("npm run down")
  .description(
    "Takes away stack dev and the lab: nodes given back, containers, keys and state gone. Caches stay.",
  )
  .addHelpText("after", "\nExample:\n  npm run down && npm start     all anew")
  .parse();

const stacks = z.array(z.object({ name: z.string() }));
const say = (line: string) => console.error(line);

/** Gives the nodes back while they are there; a node that is gone takes what was on it along. */
async function destroyDev(prepared: PreparedPulumi): Promise<void> {
  say("dev: pulumi destroy");
  const destroy = ["destroy", "--yes", "--skip-preview", "--stack", "dev"];
  const { failed, all } = await prepared.pulumi(destroy, { stdin: "ignore", all: true, reject: false });
  if (failed) say(`dev: the nodes go with the lab, so this is left as it is:\n${all}`);
  await prepared.pulumi(["stack", "rm", "dev", "--yes", "--force", "--preserve-config"], { reject: false });
  const key = expandHome("~/.ssh/minirack/dev");
  const id = knownStackId("dev");
  if (id !== undefined && readKeyOwner(key)?.id === id) await removeKey(key);
}

/** The state folder goes when no stack of the user's own needs it. */
async function forgetState({ pulumi }: PreparedPulumi): Promise<void> {
  const left = stacks.parse(JSON.parse((await pulumi(["stack", "ls", "--json"])).stdout));
  if (left.length === 0) await rm(stateFolder(root), { recursive: true, force: true });
  else say(`${stateFolder(root)} stays: it has ${left.map(({ name }) => name).join(", ")}`);
}

try {
  if (existsSync(stateFolder(root))) {
    const prepared = await preparePulumi({ root, say });
    await destroyDev(prepared);
    await labDown({ say });
    await removeSalt(join(root, "Pulumi.dev.yaml"));
    await removeSalt(join(root, "Pulumi.lab.yaml"));
    await forgetState(prepared);
  }
  await removeSshConfig("dev");
  say("down; caches stay in ~/.cache/minirack");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
