import { z } from "zod";
import { folderEntry } from "../../provider/settings/fileEntry.ts";
import { absolutePath } from "../names.ts";
import { feature } from "./feature.ts";

const path = absolutePath.regex(
  /^(\/(?!\.{1,2}(\/|$))[^/\n\t"\\]+)+\/?$/,
  "expected the absolute path of a folder below /, without quotes, as /srv/data; correct it",
);

/** Folders that programs and people write to. */
export const folders = feature({
  key: "folders",
  rule: z.record(path, folderEntry).describe("folders: path → mode, owner"),
  settings: (value) => ({
    files: Object.fromEntries(
      Object.entries(value).map(([path, one]) => [path.endsWith("/") ? path : `${path}/`, one]),
    ),
  }),
});
