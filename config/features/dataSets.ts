import { z } from "zod";
import { ownerName } from "../../provider/settings/fileEntry.ts";
import { name } from "../names.ts";
import type { Wanted } from "../secretText.ts";
import { type FeatureContext, feature, mergeSettings, type SettingValues } from "./feature.ts";
import { mountRule, mountSettings } from "./mount.ts";

/** A folder on a node that we fill: no root, no detours. */
export const folderPath = z
  .string()
  .regex(
    /^(\/(?!\.{1,2}(\/|$))[^/\t\n\\]+)+$/,
    "expected a folder's absolute path, as /srv/data/prices; write it from / on, without . and ..",
  )
  .describe("folder on the node");

/** Docker mounts data sets into runs: of `--mount source=PATH,…` a comma ends the path. */
const dataPath = folderPath.regex(/^[^,]*$/, "expected a path without a comma; choose another one");

const synced = z.strictObject({
  source: z.string().min(1).describe("folder of the controller"),
  path: dataPath,
  ignore: z.array(z.string()).default([]).describe("what stays here, as in .gitignore"),
  group: z
    .string()
    .regex(new RegExp(`^${ownerName.source}$`), "expected a group's name, as quant; write it so")
    .optional()
    .describe("who alone may read it; everybody when left out"),
});
type Synced = z.output<typeof synced>;
const existing = z.strictObject({ existing: dataPath.describe("folder that is on the node already") });
const mounted = z.strictObject({ mount: mountRule, path: dataPath });

const dataSet = z.union([synced, existing, mounted], {
  error: "expected { source, path }, { existing } or { mount, path }; write one of these forms",
});

/** Data that runs read and nobody on a node writes. */
export const dataSets = feature({
  key: "dataSets",
  rule: z
    .record(name, dataSet)
    .describe("data sets: name → source and path, an existing folder, or a mount and path"),
  settings: (value, context) =>
    Object.entries(value)
      .map(([key, one]): SettingValues => {
        if ("mount" in one) return mountSettings(key, one.mount, one.path);
        const entry: Wanted = "existing" in one ? { existing: one.existing } : syncedEntry(key, one, context);
        return { syncedFolders: { [`dataSets/${key}`]: entry } };
      })
      .reduce(mergeSettings, {}),
});

function syncedEntry(key: string, { source, path, ignore, group }: Synced, { look }: FeatureContext): Wanted {
  const [fileMode, folderMode] = group === undefined ? ["0444", "0555"] : ["0440", "0550"];
  const rules = { ignoreFiles: [".minirackignore"], ignore, mode: () => fileMode };
  const { digest, source: from } = look({ folder: source }, rules, [key, "source"]);
  const owner = `root:${group ?? "root"}`;
  return { source: from, path, owner, folderMode, isExact: true, digest, drift: {} };
}
