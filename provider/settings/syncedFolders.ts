import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { fileOwner } from "./fileEntry.ts";
import { differing, setting } from "./setting.ts";

const mode = z.string().regex(/^0[0-7]{3}$/, "expected four octal digits, as 0755");

const syncedFolder = z
  .object({
    source: z.string().min(1).describe("folder on the controller; from the project's own, or from home (~/)"),
    path: z.string().startsWith("/").describe("folder on the node"),
    owner: z
      .string()
      .regex(fileOwner, "expected user:group, or user: for the user's own group")
      .describe(
        "user:group of its files, or user: for the user's own group; what is done in it is done as that user",
      ),
    folderMode: mode.describe("permissions of the folders that are made"),
    isExact: z
      .boolean()
      .describe("whether nothing else may lie there; otherwise what others put there stays"),
    digest: z.string().min(1).describe("SHA-256 of its manifest: names, permissions and contents"),
    drift: z
      .record(z.string(), z.string())
      .default({})
      .describe("what is not as the manifest says: path → changed, missing, extra, mode, owner"),
  })
  .meta({ id: "SyncedFolder" });
type SyncedFolder = z.infer<typeof syncedFolder>;

const existingFolder = z
  .object({
    existing: z.string().startsWith("/").describe("folder on the node that must be there"),
  })
  .meta({ id: "ExistingFolder" });

const entry = z.union([syncedFolder, existingFolder]);
type FolderEntry = z.infer<typeof entry>;

/** Where manifests are on a node: of `dataSets/prices`, `/opt/minirack/dataSets/prices.manifest`. */
export function manifestPath(key: string): string {
  return `/opt/minirack/${key}.manifest`;
}

/**
 * Folders of the controller on a node. A manifest there, which only root may write, lists what is ours: nothing else is
 * ever overwritten or removed. A look trusts the size, times and inode that a file had when its checksum was taken.
 * Entries: name → source, path, owner, …; or a folder that is only looked for.
 */
export const syncedFolders = setting<FolderEntry>({
  key: "syncedFolders",
  description: "folders brought from the controller: name → source, path, owner, digest",
  entry,
  after: ["packages", "accounts"], // whose files they are
  patienceSeconds: 24 * 3600,
  linux: {
    read: (wanted) => Object.entries(wanted).map(readOne).join("\n"),
    parse: (text, wanted) => {
      const rows = text.split("\n").map((line) => line.split("\t"));
      const entries = Object.entries(wanted).map(([key, one]) => [
        key,
        parseOne(
          rows.filter(([name]) => name === key),
          one,
        ),
      ]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted) =>
      differing(actual, wanted).flatMap((key) => {
        if (isSynced(wanted[key])) return [run("place_folder", key)];
        return isSynced(actual[key]) ? [run("remove_folder", key)] : [];
      }),
    deliveries: (actual, wanted) =>
      differing(actual, wanted).flatMap((key) => {
        const one = wanted[key];
        return isSynced(one) ? [delivery(key, one)] : [];
      }),
    remedy: (one) =>
      isSynced(one) ? undefined : "put the data there or mount it: an existing folder is only looked for",
  },
});

function isSynced(one: FolderEntry | null | undefined): one is SyncedFolder {
  return one !== null && one !== undefined && "path" in one;
}

function readOne([key, one]: [string, FolderEntry | null]): Command {
  return one !== null && "existing" in one
    ? run("show_existing", key, one.existing)
    : run("show_folder", key);
}

function parseOne(rows: string[][], wanted: FolderEntry | null): FolderEntry | null {
  const of = (kind: string) => rows.filter((row) => row[1] === kind);
  const existing = of("existing")[0]?.[2];
  if (existing !== undefined) return { existing };
  const [, , path, owner = "", folderMode = "", isExact = "", digest = ""] = of("folder")[0] ?? [];
  if (path === undefined) return null;
  if (digest === "") throw new Error(`expected where ${rows[0]?.[0]} lies, got ${JSON.stringify(rows[0])}`);
  const source = isSynced(wanted) ? wanted.source : "?";
  const drift = Object.fromEntries(of("drift").map(([, , kind = "", file = ""]) => [file, kind]));
  return { source, path, owner, folderMode, isExact: isExact === "yes", digest, drift };
}

function delivery(key: string, { source, path, owner, folderMode, isExact, digest }: SyncedFolder) {
  const facts = [path, owner, folderMode, isExact ? "yes" : "no"];
  return {
    source,
    digest,
    target: `${path}/.minirack.incoming`,
    owner,
    prepare: (manifest: string) => run("prepare_folder", key, ...facts, manifest),
    needs: run("folder_needs", key),
  };
}
