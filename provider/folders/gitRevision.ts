import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { folderCache } from "./cacheFolder.ts";

/** Where an exported commit's files are on the controller. */
export function exportedFolder(commit: string): string {
  return join(folderCache(), "commits", commit);
}

/**
 * The commit that a revision names now, and its files exported: nodes need no git. A commit that was exported before is
 * not asked for again; a branch or a tag of another computer's repository is, each time.
 * @param repository a folder of the controller, or what `git clone` takes
 * @param revision commit, tag or branch
 */
export function gitRevision(repository: string, revision: string): { commit: string; folder: string } {
  if (/^[0-9a-f]{40}$/.test(revision) && existsSync(exportedFolder(revision)))
    return { commit: revision, folder: exportedFolder(revision) };
  const clone = existsSync(repository) ? repository : mirrored(repository);
  const commit = git(`${repository}: revision ${revision}`, [
    ...["-C", clone, "rev-parse", "--verify", "--end-of-options"],
    `${revision}^{commit}`,
  ]).trim();
  if (!existsSync(exportedFolder(commit))) exportCommit(clone, commit);
  return { commit, folder: exportedFolder(commit) };
}

/** A copy of a repository that is elsewhere, with what it has now. */
function mirrored(repository: string): string {
  const name = createHash("sha256").update(repository).digest("hex").slice(0, 16);
  const clone = join(folderCache(), "repositories", `${name}.git`);
  if (existsSync(clone)) git(repository, ["-C", clone, "fetch", "--quiet", "--prune"]);
  else beside(clone, (folder) => git(repository, ["clone", "--quiet", "--mirror", "--", repository, folder]));
  return clone;
}

/**
 * Checks the commit's files out, all of them: `git archive` leaves out what .gitattributes says (export-ignore). By a git folder of
 * ours that has nothing but the objects in common with the repository, whose configuration and hooks may run anything.
 */
function exportCommit(clone: string, commit: string): void {
  const asked = (what: string[]) => git(clone, ["-C", clone, "rev-parse", ...what]).trim();
  const objects = resolve(clone, asked(["--git-path", "objects"]));
  const format = asked(["--show-object-format"]);
  beside(exportedFolder(commit), (folder) => {
    const own = `${folder}.git`;
    const place = { GIT_DIR: own, GIT_WORK_TREE: folder };
    try {
      git(clone, ["init", "--quiet", "--bare", "--template=", `--object-format=${format}`, "--", own]);
      writeFileSync(join(own, "objects/info/alternates"), `${objects}\n`);
      git(clone, ["read-tree", commit], place);
      git(clone, ["-C", folder, "checkout-index", "--all"], place);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });
}

/** Makes a folder beside its place and renames it: it is whole whenever it is there. */
function beside(target: string, make: (folder: string) => void): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(`${target}.`);
  try {
    make(folder);
    renameSync(folder, target);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Runs git; asks nobody for a password, as nobody may be there, and no remote for objects that a repository lacks. */
function git(subject: string, args: string[], place: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...place, GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1" };
  try {
    return execFileSync("git", args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(
      `${subject}: expected git to find it, got ${said}; correct repository and revision, or see that git may read it`,
    );
  }
}
