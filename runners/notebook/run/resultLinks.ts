import { randomUUID } from "node:crypto";
import { lstat, realpath, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, normalize, relative, sep } from "node:path";
import type { LeftOut } from "../../runs/leftOut.ts";

/** A link of an archive. */
export interface WantedLink {
  /** From the folder. */
  path: string;
  target: string;
}

/** A run's output, in its folder on the node and in the archive of it. */
export const outputName = "output";

const leadsAway = "a link that leads out of the output, or nowhere";

/**
 * Makes links among files that are there, in folders that are. One that would lead out of the folder, by whatever way, does not stay.
 * @param outputs absolute paths that mean `output` in the folder
 * @returns those that could not be made
 */
export async function makeLinks(folder: string, links: WantedLink[], outputs: string[]): Promise<LeftOut[]> {
  const refused: WantedLink[] = [];
  const made: WantedLink[] = [];
  for (const link of links) {
    const isMade = await makeLink(folder, link, outputs);
    (isMade ? made : refused).push(link);
  }
  if (made.length > 0) refused.push(...(await removeLeadingAway(folder, made)));
  return refused.map(({ path }) => ({ path, why: leadsAway }));
}

/** Links that lead out, or nowhere, of an output that has another name then: none may count on a name that does not stay. */
async function removeLeadingAway(folder: string, made: WantedLink[]): Promise<WantedLink[]> {
  const output = join(folder, outputName);
  const nameless = join(folder, randomUUID());
  await rename(output, nameless);
  const root = await realpath(nameless);
  const gone: WantedLink[] = [];
  let left = made;
  for (let before = -1; before !== left.length; ) {
    before = left.length; // one that goes may take others with it
    const staying: WantedLink[] = [];
    for (const link of left) {
      const at = join(nameless, relative(outputName, link.path));
      if (await staysWithin(root, at)) staying.push(link);
      else {
        await rm(at);
        gone.push(link);
      }
    }
    left = staying;
  }
  await rename(nameless, output);
  return gone;
}

async function makeLink(folder: string, { path, target }: WantedLink, outputs: string[]): Promise<boolean> {
  const at = join(folder, path);
  const output = outputs.find((one) => target === one || target.startsWith(`${one}/`));
  const local =
    output === undefined
      ? target
      : relative(dirname(path), normalize(`${outputName}${target.slice(output.length)}`)) || ".";
  if (local.startsWith("/") || local === "" || local.includes("\uFFFD")) return false;
  if ((await lstat(at).catch(() => undefined)) !== undefined) return false;
  try {
    if ((await realpath(dirname(at))) !== join(await realpath(folder), dirname(path))) return false; // through a link
    await symlink(local, at);
    return true;
  } catch {
    return false;
  }
}

async function staysWithin(root: string, path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  const isWithin = real !== undefined && (real === root || real.startsWith(root + sep));
  return isWithin && relative(root, real).split(sep)[0] !== ".minirack"; // which does not stay
}
