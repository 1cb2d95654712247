import { readdirSync } from "node:fs";
import { join } from "node:path";

export const root = new URL("../../", import.meta.url).pathname;

/** Every page of the documentation, from the project's folder. */
export const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "domains/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
