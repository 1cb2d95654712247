import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeJson } from "./jsonFile.ts";
import { isAlive, isElsewhere, thisLauncher } from "./launcher.ts";
import { launcherSchema } from "./runMetadata.ts";

const prefix = ".incoming-";

/**
 * A folder for what comes from a node, beside the runs' own, whose names a run can choose. It goes whatever happens; one of a process
 * that was killed goes with the next.
 */
export async function withIncoming<Result>(
  results: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await removeDead(results);
  const folder = await mkdtemp(join(results, prefix));
  try {
    await writeJson(join(folder, "launcher.json"), await thisLauncher());
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeDead(results: string): Promise<void> {
  for (const name of await readdir(results)) {
    if (!name.startsWith(prefix)) continue;
    const launcher = launcherSchema.safeParse(await readJson(join(results, name, "launcher.json"))).data;
    if (launcher === undefined || isElsewhere(launcher) || (await isAlive(launcher))) continue;
    await rm(join(results, name), { recursive: true, force: true });
  }
}
