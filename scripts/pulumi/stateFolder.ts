import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The ignored folder that holds what belongs to this clone alone, closed to others. */
export function stateFolder(root: string): string {
  return join(root, ".minirack");
}

/** Makes the folder with mode 0700 and gives its path back. */
export function openStateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
}
