import { removeFile, run, writeFile } from "../shell/command.ts";
import { type FileEntry, fileEntry, parseShown } from "./fileEntry.ts";
import { differing, setting } from "./setting.ts";

/** Text files with content, mode and owner; folders on the way are made and, when empty again, removed. */
export const files = setting<FileEntry>({
  key: "files",
  description: "text files: absolute path → content, mode, owner",
  entry: fileEntry,
  after: ["packages"], // a file of a package's needs its folder and its group; for the others the wait is short
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((path) => run("show", path))
        .join("\n"),
    parse: (text, wanted) => {
      const shown = new Map(parseShown(text).map(({ path, ...file }) => [path, file]));
      const entries = Object.keys(wanted).map((path) => [path, shown.get(path) ?? null]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      const steps = changed.map((path) => {
        const file = wanted[path];
        return file ? writeFile(path, file) : removeFile(path);
      });
      const isUnit = changed.some((path) => path.startsWith("/etc/systemd/system/"));
      return isUnit ? [...steps, run("systemctl", "daemon-reload")] : steps;
    },
  },
});
