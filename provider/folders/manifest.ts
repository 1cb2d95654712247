import { createHash } from "node:crypto";

/** A file of a synced folder. */
export interface ManifestFile {
  /** Relative to the folder, with `/`. */
  path: string;
  /** Of its content, in hexadecimal digits; of a link where it leads. */
  sha256: string;
  /** Permissions on the node, four octal digits; `link` for a link. */
  mode: string;
  sizeBytes: number;
}

/** What stands in a manifest in place of a link's permissions. */
export const linkMode = "link";

/** The manifest as nodes keep it: a line for each file, sorted by path; SHA-256, mode, size and path between tabs. */
export function manifestText(files: readonly ManifestFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map((file) => `${[file.sha256, file.mode, file.sizeBytes, file.path].join("\t")}\n`).join("");
}

/** The files of a manifest's text. */
export function parseManifest(text: string): ManifestFile[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [sha256 = "", mode = "", size = "", path = ""] = line.split("\t");
    return { sha256, mode, sizeBytes: Number(size), path };
  });
}

/** What `sha256sum` prints for the manifest: it tells two contents of a folder apart, names and modes included. */
export function manifestDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Refuses a name that no line of a manifest could hold. */
export function expectPlainName(path: string, folder: string): void {
  if (!/[\t\n\r\\]/.test(path)) return;
  const found = JSON.stringify(path);
  throw new Error(
    `${folder}: expected names without tab, newline and backslash, got ${found}; rename it or ignore it`,
  );
}
