import { z } from "zod";
import { fileEntry } from "../../provider/settings/fileEntry.ts";
import { absolutePath } from "../names.ts";
import { feature, mapValues } from "./feature.ts";

const entry = z.union(
  [
    fileEntry.strict(),
    fileEntry
      .omit({ content: true })
      .extend({ source: z.string().describe("file to take it from") })
      .strict(),
  ],
  { error: "expected { content } or { source }, with mode and owner or without; write one of these forms" },
);

export const files = feature({
  key: "files",
  rule: z
    .record(absolutePath.regex(/[^/]$/, "expected the path of a file; write a folder under folders"), entry)
    .describe("text files: path → content or source, mode, owner"),
  settings: (value, { text }) => ({
    files: mapValues(value, (file, path) => {
      const content = "source" in file ? text(file.source, [path, "source"]) : file.content;
      return { content, mode: file.mode, owner: file.owner };
    }),
  }),
});
