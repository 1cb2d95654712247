import { join } from "node:path";
import { execa } from "execa";
import { readLabFile } from "../../lab/labFile.ts";
import { labNodes } from "../../lab/labNodes.ts";
import { forgetLabKey } from "../../provider/pinnedHostKeys.ts";
import { prepareDocker } from "../docker/prepareDocker.ts";
import { preparePulumi } from "../pulumi/prepare.ts";
import { selectStack } from "../pulumi/stack.ts";
import { recordHostValues } from "./hostValues.ts";
import { raiseInotifyInstances } from "./inotifyInstances.ts";
import { allLabContainers, labContainers } from "./labContainers.ts";
import { labNode, shellOf } from "./labNode.ts";
import { type LabStack, labFileOf, labPaths, root } from "./labStack.ts";
import { labWait } from "./labWait.ts";
import { pulumiOutput } from "./pulumiOutput.ts";
import { refuseOtherClone } from "./refuseOtherClone.ts";

const oddScript = join(root, "lab/odd.sh");

interface LabUp extends LabStack {
  /** How many; undefined for the lab file's own. */
  nodes?: number | undefined;
  /** Name of a node that is to be odd. */
  odd?: string | undefined;
}

/** Makes the lab's nodes by `pulumi up` and waits until they have booted. On a lab that is up it changes nothing. */
export async function labUp({ nodes, odd, say, output, ...given }: LabUp): Promise<void> {
  const { stack, configFile } = labPaths(given);
  const count = nodes === undefined ? process.env.MINIRACK_LAB_NODES : String(nodes);
  const file = readLabFile(labFileOf(configFile));
  const { length } = labNodes(file.nodes, count);
  await prepareDocker({ say });
  await refuseOtherClone(stack);
  await recordHostValues();
  const others = (await allLabContainers()).filter((one) => one.stack !== stack);
  await raiseInotifyInstances(length + others.length, say);
  const found = await startStopped(stack);
  const prepared = await preparePulumi({ root, say });
  await selectStack(prepared, stack, { configFile });
  say(`lab ${stack}: ${length} nodes by pulumi up (the first time it makes their images: minutes)`);
  const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile];
  if (found.length < length) args.push("--refresh"); // some may have been taken away behind Pulumi's back
  const up = await prepared.pulumi(args, {
    ...pulumiOutput(output),
    env: { MINIRACK_LAB_NODES: count ?? "" },
    reject: false,
  });
  if (up.failed) throw new Error(failure(stack, up.message));
  const made = (await labContainers(stack)).filter(({ port }) => !found.includes(port));
  for (const { port } of made) forgetLabKey(port);
  await labWait(stack);
  if (odd === undefined) return;
  say(`lab ${stack}: makes ${odd} a node that people have lived on`);
  await shellOf(await labNode(stack, odd), "-s", file.user)({ inputFile: oddScript });
}

/**
 * Nodes that were switched off with the Docker host would be made anew, without what was put on them.
 * @returns the ports of the nodes that there are
 */
async function startStopped(stack: string): Promise<number[]> {
  const all = await labContainers(stack);
  const stopped = all.filter(({ state }) => state === "exited");
  if (stopped.length > 0) await execa("docker", ["start", ...stopped.map(({ container }) => container)]);
  return all.map(({ port }) => port);
}

function failure(stack: string, message: string | undefined): string {
  return `lab ${stack}: pulumi up failed. Where names are already in use, a lost state has left nodes behind; remove them: npm run lab -- --stack ${stack} down\n${message}`;
}
