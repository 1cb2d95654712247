import { opendir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, parse, relative } from "node:path";

/**
 * Moves what came into a run's folder. What the run itself calls like one of minirack's files there gets another name, which the
 * links among the results follow.
 * @param log the run's log as its node had it, where it left none of its own
 */
export async function moveResults(from: string, folder: string, log: string | undefined): Promise<void> {
  await rm(join(from, ".minirack"), { recursive: true, force: true });
  await renameOurs(from, log !== undefined);
  for (const name of await readdir(from)) {
    const target = join(folder, name);
    await rm(target, { recursive: true, force: true }); // of a fetch that was cut off here
    await rename(join(from, name), target);
  }
  if (log !== undefined) await rename(log, join(folder, "execution.log"));
}

async function renameOurs(output: string, isLogOurs: boolean): Promise<void> {
  const names = await readdir(output);
  const isOurs = (name: string) =>
    sameName(name, "metadata.json") || (isLogOurs && sameName(name, "execution.log"));
  const renamed = new Map(names.filter(isOurs).map((name) => [name, freeName(name, names)]));
  if (renamed.size === 0) return;
  for (const [name, own] of renamed) await rename(join(output, name), join(output, own));
  for await (const entry of await opendir(output, { recursive: true }))
    if (entry.isSymbolicLink()) await follow(output, join(entry.parentPath, entry.name), renamed);
}

/** Lets a link that leads to a renamed file or folder of the output lead there still. */
async function follow(output: string, link: string, renamed: Map<string, string>): Promise<void> {
  const [first = "", ...rest] = relative(output, join(dirname(link), await readlink(link))).split("/");
  const own = renamed.get(first);
  if (own === undefined) return;
  await rm(link);
  await symlink(relative(dirname(link), join(output, own, ...rest)), link);
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
