import { readFileSync } from "node:fs";

/**
 * Text of a file that goes to nodes.
 * @param path from the project's folder, which is two folders above this source and above the bundles
 */
export function sourceFile(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}
