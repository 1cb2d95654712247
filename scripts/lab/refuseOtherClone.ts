import { dirname } from "node:path";
import { allLabContainers, isOurs } from "./labContainers.ts";

/**
 * Two clones' labs of one name would have the same container names and ports.
 * @throws Error naming the other clone's folder
 */
export async function refuseOtherClone(stack: string): Promise<void> {
  const other = (await allLabContainers()).find((one) => one.stack === stack && !isOurs(one));
  if (!other) return;
  const folder = dirname(dirname(other.diskFolder));
  throw new Error(
    `lab ${stack}: expected its names and ports to be free, found ${other.container} of another clone (${folder}). Take that lab down there, or use another --stack here.`,
  );
}
