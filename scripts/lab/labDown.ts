import { rm } from "node:fs/promises";
import { execa } from "execa";
import { forgetLabKey } from "../../provider/pinnedHostKeys.ts";
import { prepareDocker } from "../docker/prepareDocker.ts";
import { destroyStack } from "./destroyStack.ts";
import { allLabContainers, isOurs } from "./labContainers.ts";
import { type LabStack, labPaths } from "./labStack.ts";
import { restoreHostValues } from "./restoreHostValues.ts";
import { swapOff } from "./swapOff.ts";
import { cutPower } from "./vm/machine.ts";
import { labVms } from "./vm/vmFolder.ts";

/**
 * Takes the lab away: swap files of its nodes off, the Docker host's values back, containers and network, Pulumi's stack,
 * virtual machines, the folder with keys and disks. Works as well where Pulumi's state is lost. Images stay.
 */
export async function labDown({ say, output, ...given }: LabStack): Promise<void> {
  const { stack, configFile, folder } = labPaths(given);
  for (const vm of await labVms(stack)) {
    forgetLabKey(vm.port);
    await cutPower(vm);
  }
  if (await hasDocker()) {
    await prepareDocker({ say });
    await leaveHost(stack);
    await destroyStack({ stack, configFile, say, output });
    await removeLeftOvers(stack, say);
  }
  await rm(folder, { recursive: true, force: true });
  say(`lab ${stack}: down`);
}

/** Where there is no Docker there is no lab, and none is to be installed for it. */
async function hasDocker(): Promise<boolean> {
  return !(await execa("docker", ["--version"], { reject: false })).failed;
}

/** The last lab puts the values back, and host keys go with their nodes. While a node runs, because from there it needs no root here. */
async function leaveHost(stack: string): Promise<void> {
  const all = await allLabContainers();
  const own = all.filter((one) => one.stack === stack && isOurs(one));
  for (const { port } of own) forgetLabKey(port);
  const running = own.filter(({ state }) => state === "running");
  await Promise.all(running.map(({ container }) => swapOff(container)));
  if (own.length === all.length) await restoreHostValues(running[0]?.container);
}

/** What a lost state does not know of. Another clone's lab of the same name is left alone, and so is its network. */
async function removeLeftOvers(stack: string, say: LabStack["say"]): Promise<void> {
  const all = (await allLabContainers()).filter((one) => one.stack === stack);
  const own = all.filter(isOurs);
  if (own.length > 0) {
    say(
      `lab ${stack}: removing nodes that Pulumi did not know of: ${own.map(({ node }) => node).join(", ")}`,
    );
    await execa("docker", ["rm", "--force", "--volumes", ...own.map(({ container }) => container)]);
  }
  if (own.length < all.length) return;
  const networks = await execa("docker", [
    "network",
    "ls",
    "--quiet",
    "--filter",
    `label=dev.minirack.lab=${stack}`,
  ]);
  if (networks.stdout !== "") await execa("docker", ["network", "rm", ...networks.stdout.split("\n")]);
}
