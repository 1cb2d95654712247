import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";

const saltLine = /^encryptionsalt: *(.*)\n?/m;
const filter = "minirack-salt";
const cleanFilter = "sed '/^encryptionsalt:/d'";

/** The salt that Pulumi wrote into a stack's configuration file; nothing when there is none. */
export function readSalt(configFile: string): string | undefined {
  if (!existsSync(configFile)) return undefined;
  return saltLine.exec(readFileSync(configFile, "utf8"))?.[1];
}

/** Whether a stack's configuration file holds secrets, which its salt and the passphrase open together. */
export function holdsSecrets(configFile: string): boolean {
  return existsSync(configFile) && /^\s+secure: /m.test(readFileSync(configFile, "utf8"));
}

/** Takes the salt out of a stack's configuration file. It loses nothing where the state holds it too. */
export async function removeSalt(configFile: string): Promise<void> {
  if (readSalt(configFile) === undefined) return;
  const beside = `${configFile}.${process.pid}`;
  writeFileSync(beside, readFileSync(configFile, "utf8").replace(saltLine, ""));
  renameSync(beside, configFile);
  await refreshIndex(configFile);
}

/**
 * Keeps the salt, which belongs to this clone's passphrase, out of what git sees: `.gitattributes` names the filter, which
 * has to be set in each clone. Does nothing outside a work tree of this project.
 */
export async function hideSalt(root: string, configFile: string): Promise<void> {
  const git = (...args: string[]) => execa("git", args, { cwd: root, reject: false });
  const top = await git("rev-parse", "--show-cdup");
  if (top.failed || top.stdout !== "" || !existsSync(join(root, ".gitattributes"))) return;
  const name = `filter.${filter}.clean`;
  if ((await git("config", "--local", name)).stdout !== cleanFilter)
    await git("config", "--local", name, cleanFilter);
  await refreshIndex(configFile);
}

/**
 * git takes a file whose size differs from its index for changed before it looks through the filter. Where the filtered
 * content is what the index has, this notes the file's new size there; true edits are left alone.
 */
async function refreshIndex(configFile: string): Promise<void> {
  const file = basename(configFile);
  const git = (...args: string[]) => execa("git", args, { cwd: dirname(configFile), reject: false });
  const [seen, tracked] = await Promise.all([git("hash-object", file), git("rev-parse", `:./${file}`)]);
  if (!seen.failed && seen.stdout === tracked.stdout) await git("update-index", "--", file);
}
