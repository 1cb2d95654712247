import type { z } from "zod";
import { type Command, removeFile, run, writeFile } from "../shell/command.ts";
import { fileEntry, isSummary, parseShown, parseShownFolders } from "./fileEntry.ts";
import { differing, type Entries, setting } from "./setting.ts";

/** One rule for both, so that an error names the property: a union would only say that none fits. */
const entry = fileEntry
  .extend({
    content: fileEntry.shape.content
      .optional()
      .describe(
        "the whole content, as text; a folder has none. One that holds a secret is marked so by the program",
      ),
  })
  .meta({ id: "File" });
type Entry = z.infer<typeof entry>;

/**
 * Text files with content, mode and owner; folders on the way are made and, when empty again, removed. A path that ends
 * in a slash is a folder that is wanted itself: what others put into it stays, and it with that.
 */
export const files = setting<Entry>({
  key: "files",
  description: "text files: absolute path → content, mode, owner; folders: path that ends in / → mode, owner",
  entry,
  after: ["packages", "accounts"], // a package's file needs its folder, and each its owner; for the others the wait is short
  linux: {
    read: (wanted) =>
      Object.entries(wanted)
        .map(([path, one]) =>
          run(isFolder(path) ? "folder_facts" : "show", path, ...(one ? [one.owner] : [])),
        )
        .join("\n"),
    parse: (text, wanted) => {
      const lines = text.split("\n");
      const folders = lines.filter((line) => isFolder(line.split("\t")[0] ?? "")).join("\n");
      const others = lines.filter((line) => !isFolder(line.split("\t")[0] ?? "")).join("\n");
      const all = [...parseShown(others, (path) => wanted[path]?.content), ...parseShownFolders(folders)];
      const shown = new Map(all.map(({ path, ...one }): [string, Entry] => [path, one]));
      const entries = Object.keys(wanted).map((path) => [path, shown.get(path) ?? null]);
      return { entries: Object.fromEntries(entries) };
    },
    prepare: (actual, wanted, fresh) => [
      ...differing(actual, wanted).flatMap((path) => {
        const one = wanted[path];
        return one ? [run("expect_hands", path.replace(/\/$/, ""), one.owner)] : [];
      }),
      ...fresh.flatMap((path) => {
        const one = actual[path];
        return one && !isFolder(path) ? [run("keep_original", path, one.owner)] : [];
      }),
    ],
    plan: (actual, wanted, returning = []) => {
      const changed = differing(actual, wanted);
      const steps = inOrder(changed, wanted).flatMap((path) => [
        ...(wanted[path] ? [] : retire(path)),
        planOne(path, wanted[path] ?? null, returning.includes(path)),
      ]);
      const isUnit = changed.some((path) => path.startsWith("/etc/systemd/system/"));
      return isUnit ? [...steps, run("systemctl", "daemon-reload")] : steps;
    },
  },
});

function isFolder(path: string): boolean {
  return path.endsWith("/");
}

/** What goes first, a folder after what is in it; then folders that are wanted, the outer before the inner; then files. */
function inOrder(paths: string[], wanted: Entries<Entry>): string[] {
  const going = paths.filter((path) => !wanted[path]);
  const coming = paths.filter((path) => wanted[path]);
  return [
    ...going.filter((path) => !isFolder(path)),
    ...going.filter(isFolder).sort().reverse(),
    ...coming.filter(isFolder).sort(),
    ...coming.filter((path) => !isFolder(path)),
  ];
}

/** A unit whose file goes must not run on, nor be started by a link that leads nowhere. */
function retire(path: string): Command[] {
  const unit = /^\/etc\/systemd\/system\/([^/]+\.(service|timer|socket|path|target))$/.exec(path)?.[1];
  return unit === undefined ? [] : [run("retire_unit", unit)];
}

function planOne(path: string, wanted: Entry | null, isReturning: boolean): Command {
  if (isFolder(path))
    return wanted
      ? run(isReturning ? "give_folder_back" : "set_folder", path, wanted.mode, wanted.owner)
      : run("drop_folder", path);
  if (wanted === null) return removeFile(path);
  const { content = "", mode, owner } = wanted;
  if (!isReturning) return writeFile(path, { content, mode, owner });
  return run("give_original_back", path, mode, owner, ...(isSummary(content) ? [] : [content]));
}
