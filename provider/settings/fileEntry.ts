import { createHash } from "node:crypto";
import { z } from "zod";

/** Any name that a user or a group may have on a node, or its number: as `useradd --badname` and directories take them. */
export const ownerName = /[^\s:/,-][^\t\n:/,]*/;
/** `user:group`, or `user:` for the user's own group. */
export const fileOwner = new RegExp(`^${ownerName.source}:(?:${ownerName.source})?$`);

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
    .regex(fileOwner, "expected user:group, or user: for the user's own group; write names or numbers")
    .default("root:root")
    .describe("user:group, or user: for the user's own group; names or numbers"),
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

/**
 * The files that `show` printed; what is neither a file nor a link is an error, as nothing may replace it. Content that did
 * not come along is told by what is known of it.
 * @param wanted contents by path: one of the same digest is that content
 */
export function parseShown(
  text: string,
  wanted: (path: string) => string | undefined = () => undefined,
): ShownFile[] {
  const lines = text.split("\n").filter((line) => line.includes("\t"));
  return lines.map((line) => {
    const [path = "", facts = "", content, ...more] = line.split("\t");
    const [, mode, owner = ""] = /^([0-7]{4}) (.*)$/.exec(facts) ?? [];
    if (content === undefined || mode === undefined) {
      throw new Error(
        `expected ${path} to be a regular file, got a ${facts}; move it away or choose another path`,
      );
    }
    return { path, mode, owner, content: contentOf(content, more, wanted(path)) };
  });
}

function contentOf(base64: string, [kind, detail = ""]: string[], wanted: string | undefined): string {
  const bytes = Buffer.from(kind === "link" ? detail : base64, "base64");
  if (kind === "link") return `(a link to ${printable(bytes)})`;
  if (kind !== undefined)
    return wanted !== undefined && digest(wanted) === detail ? wanted : summary(kind, detail);
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) && !text.includes("\0")
    ? text
    : summary(bytes.length, digest(bytes));
}

function summary(size: number | string, sha256: string): string {
  return `(${size} bytes, SHA-256 ${sha256})`;
}

/** Whether a content is not itself, but what is known of it. */
export function isSummary(content: string): boolean {
  return /^\((?:\d+ bytes, SHA-256 [0-9a-f]*|a link to .*)\)$/.test(content);
}

function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function printable(bytes: Buffer): string {
  return bytes.toString("utf8").replaceAll(/\p{Cc}/gu, "?");
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
