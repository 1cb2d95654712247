import { readdir, rename, rm } from "node:fs/promises";
import { join, parse } from "node:path";

/**
 * Moves what came into a run's folder. What the run itself calls like one of minirack's files there gets another name.
 * @param log the run's log as its node had it, where it left none of its own
 */
export async function moveResults(from: string, folder: string, log: string | undefined): Promise<void> {
  const names = await readdir(from);
  for (const name of names) {
    if (name === ".minirack") continue;
    const isOurs = sameName(name, "metadata.json") || (log !== undefined && sameName(name, "execution.log"));
    const target = join(folder, isOurs ? freeName(name, names) : name);
    await rm(target, { recursive: true, force: true }); // of a fetch that was cut off here
    await rename(join(from, name), target);
  }
  if (log !== undefined) await rename(log, join(folder, "execution.log"));
}

/** Whether any file system that people have takes both for one. */
function sameName(name: string, ours: string): boolean {
  return name.normalize("NFKC").toLowerCase() === ours;
}

/** `metadata.own.json`, or where the run has that too, `metadata.own.own.json`. */
function freeName(name: string, names: string[]): string {
  const { name: stem, ext } = parse(name);
  const own = `${stem}.own${ext}`;
  return names.some((one) => sameName(one, own.normalize("NFKC").toLowerCase())) ? freeName(own, names) : own;
}
