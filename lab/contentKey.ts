import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a lab's image is made of. */
export const imageFolders = [
  "lab/image",
  // certificate authorities that the Docker host's owner added; nodes trust them too
  "/usr/local/share/ca-certificates",
];

/** Stands for all files that lie in these folders, so that a change of any makes another image. */
export function contentKey(folders: string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    for (const name of names.sort())
      hash
        .update(`${name}\0`)
        .update(readFileSync(join(folder, name)))
        .update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}
