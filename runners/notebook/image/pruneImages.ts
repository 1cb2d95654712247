import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { docker, dockerCan } from "./engine.ts";
import { registryVolume } from "./registryImage.ts";

const dayMs = 24 * 3600 * 1000;
const imageDays = 14;
const volumeDays = 30;

/**
 * Takes away what runs have left with this controller's engine, once a day: images older than two weeks, and the registry's volume when it
 * is older than a month. Both are caches; what is needed again is made again, and what cannot be taken away now is tomorrow.
 */
export async function pruneImages(root: string): Promise<void> {
  const mark = join(root, ".minirack", "notebook", "pruned");
  if (Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0) < dayMs) return;
  mkdirSync(dirname(mark), { recursive: true, mode: 0o700 });
  writeFileSync(mark, "");
  const filters = ["label=minirack.notebook", `until=${24 * imageDays}h`].flatMap((one) => ["--filter", one]);
  await dockerCan(["image", "prune", "--all", "--force", ...filters]);
  const made = await docker(["volume", "inspect", "--format", "{{.CreatedAt}}", registryVolume]).catch(
    () => "",
  );
  if (made !== "" && Date.now() - Date.parse(made) > volumeDays * dayMs)
    await dockerCan(["volume", "rm", registryVolume]); // refused while another run uses it
}
