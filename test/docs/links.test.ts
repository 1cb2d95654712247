import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { anchorsOf, linksOf, proseOf } from "../support/markdown.ts";
import { pages, root } from "../support/pages.ts";

const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const links = pages.flatMap((page) => linksOf(textOf(page)).map((link) => ({ page, link })));

/** Paths of the project that are named in a sentence: in a folder of it, and no pattern. */
const rooms =
  "config|stacks|components|provider|runners|scripts|lab|offline|bench|test|docs|examples|domains";
const named = new RegExp(`\`((?:${rooms})/[A-Za-z0-9_./-]*)[^\`]*\``, "g");
/** What the reader makes. */
const yours = ["stacks/shelf.yaml", "domains/line.py"];
const files = pages.flatMap((page) =>
  [...proseOf(textOf(page)).matchAll(named)].map(([, file = ""]) => ({ page, file })),
);

describe("the documentation's links", () => {
  test.each(links)("$page: $link leads somewhere", ({ page, link }) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    expect(existsSync(join(root, target))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(textOf(target))).toContain(anchor);
  });

  test.each(files)("$page: there is a $file", ({ file }) => {
    if (/[A-Z]{4}|NAME/.test(file) || yours.includes(file)) return;
    expect(existsSync(join(root, file))).toBe(true);
  });
});
