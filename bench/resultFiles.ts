import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultFile } from "./performancePage.ts";

const docs = new URL("../docs/", import.meta.url).pathname;

/** Where the figures are shown. */
export const performancePage = join(docs, "performance.md");

/** Every committed result of the bench. */
export function resultFiles(): ResultFile[] {
  return readdirSync(join(docs, "results"))
    .filter((name) => /^bench-.*\.json$/.test(name))
    .map((name) => ({ path: `results/${name}`, text: readFileSync(join(docs, "results", name), "utf8") }));
}
