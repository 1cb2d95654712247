import { z } from "zod";
import { fileEntry } from "../../provider/settings/fileEntry.ts";
import { absolutePath } from "../names.ts";
import { feature, mapValues } from "./feature.ts";

const entry = z.union([
  fileEntry.strict(),
  fileEntry
    .omit({ content: true })
    .extend({ source: z.string().describe("file to take it from") })
    .strict(),
]);

export const files = feature({
  key: "files",
  rule: z
    .record(
      absolutePath.regex(/[^/]$/, "expected the path of a file; a folder is written under folders"),
      entry,
    )
    .describe("text files: path → content or source, mode, owner"),
  settings: (value, { text }) => ({
    files: mapValues(value, (file) => {
      const content = "source" in file ? text(file.source) : file.content;
      return { content, mode: file.mode, owner: file.owner };
    }),
  }),
});
