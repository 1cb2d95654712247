import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { clusterJsonSchema } from "../../../config/jsonSchema.ts";
import { schemaPart } from "../../../config/problems/schemaParts.ts";
import { root } from "../../../scripts/lab/labStack.ts";
import { writtenTexts } from "../../../scripts/reference/writtenTexts.ts";
import { schemaKeys } from "../../support/schemaKeys.ts";

const texts = writtenTexts();
const pages = Object.entries(texts).filter(([file]) => file.endsWith(".md"));

test.each(Object.entries(texts))("%s is what the rules say; `npm run schema` writes it", (file, text) => {
  expect(readFileSync(join(root, file), "utf8")).toBe(text);
});

describe.each(pages)("%s", (_file, text) => {
  test("leads nowhere that is not there", () => {
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => anchorOf(title));
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ""))).toEqual([]);
    expect(headings).toEqual([...new Set(headings)]);
  });

  test("has tables whose rows are as long as their headings", () => {
    const rows = text.split("\n").map((line) => (line.startsWith("| ") ? line.split(/(?<!\\)\|/).length : 0));
    const torn = rows.filter(
      (cells, index) => cells > 0 && (rows[index + 1] ?? 0) > 0 && rows[index + 1] !== cells,
    );
    expect(torn).toEqual([]);
  });
});

test("every key of the cluster file is in its reference, with what is said of it", () => {
  const text = (texts["docs/reference/cluster-file.md"] ?? "").toLowerCase(); // a description may begin a sentence
  const keys = [...schemaKeys(schemaPart.parse(clusterJsonSchema()))];
  const missing = keys.filter(([path, description = ""]) => {
    const key = path.split(".").at(-1)?.toLowerCase();
    const isNamed = new RegExp(`\`([a-z.]+\\.)?${key}\``).test(text);
    return !isNamed || !text.includes(description.toLowerCase().replaceAll("|", "\\|"));
  });
  expect(missing.map(([path]) => path)).toEqual(["nodes.*.hooks"]); // told once, above the nodes
});

/** As GitHub makes anchors of headings. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}
