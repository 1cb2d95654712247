import { z } from "zod";

/** A file as we write it. */
export const fileEntry = z.object({
  content: z.string().describe("the whole content, as text"),
  mode: z
    .string()
    .regex(/^[0-7]{4}$/, "expected four octal digits, as 0644")
    .default("0644")
    .describe("permissions, four octal digits"),
  owner: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]*:[A-Za-z_][A-Za-z0-9_-]*$/, "expected user:group")
    .default("root:root")
    .describe("user:group"),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** A folder as we keep it: what is in it is nobody's business. Its path ends in a slash. */
export const folderEntry = fileEntry
  .omit({ content: true })
  .extend({ mode: fileEntry.shape.mode.unwrap().default("0755").describe("permissions, four octal digits") })
  .strict();
export type FolderEntry = z.infer<typeof folderEntry>;

/** A line of the prelude's `show`. */
export interface ShownFile extends FileEntry {
  path: string;
}

/** The files that `show` printed; a path that is no regular file is an error, as nothing may replace it. */
export function parseShown(text: string): ShownFile[] {
  const lines = text.split("\n").filter((line) => line.includes("\t"));
  return lines.map((line) => {
    const [path = "", facts = "", content] = line.split("\t");
    const [mode = "", owner = ""] = facts.split(" ");
    if (content === undefined || !/^[0-7]{4}$/.test(mode)) {
      throw new Error(
        `expected ${path} to be a regular file, got a ${facts}; move it away or choose another path`,
      );
    }
    return { path, mode, owner, content: Buffer.from(content, "base64").toString("utf8") };
  });
}

/** What `folder_facts` printed of each path; one that is no folder is an error. */
export function parseShownFolders(text: string): ({ path: string } & FolderEntry)[] {
  return text.split("\n").flatMap((line) => {
    const [path = "", type, mode = "", owner = ""] = line.split("\t");
    if (!path.endsWith("/")) return [];
    if (type === "folder" && /^[0-7]{4}$/.test(mode)) return [{ path, mode, owner }];
    throw new Error(`expected ${path} to be a folder, got a ${type}; move it away or choose another path`);
  });
}
