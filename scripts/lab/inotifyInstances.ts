import { readFile, writeFile } from "node:fs/promises";
import type { Say } from "../docker/prepareDocker.ts";

const path = "/proc/sys/fs/inotify/max_user_instances";
/** Each node's systemd takes about five of the Docker host's instances; others get by with the rest. */
const perNode = 6;
const spare = 20;

/**
 * Raises the Docker host's limit of inotify instances when that many nodes need it; `lab down` puts it back.
 * @throws Error with the command to type, where we may not raise it
 */
export async function raiseInotifyInstances(nodeCount: number, say: Say): Promise<void> {
  const now = Number(await readFile(path, "utf8").catch(() => Number.POSITIVE_INFINITY));
  const needed = nodeCount * perNode + spare;
  if (now >= needed) return;
  try {
    await writeFile(path, "2048\n");
  } catch {
    throw new Error(
      `${nodeCount} nodes need fs.inotify.max_user_instances of ${needed}, found ${now}. Raise it: sudo sysctl -w fs.inotify.max_user_instances=2048`,
    );
  }
  say(`raised fs.inotify.max_user_instances from ${now} to 2048 until the lab is down`);
}
