import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadCluster } from "../../config/cluster.ts";
import { refusalOf } from "../support/refusal.ts";

const pages = new URL("../../docs/manual/", import.meta.url);
/** What the examples name: certificates, requirements, a project. They start where the cluster file is. */
const files = new URL("files/", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "minirack-manual-"));
cpSync(files, folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** Fenced YAML that is a whole cluster file says so in its first line. */
function examplesOf(page: string): string[] {
  const text = readFileSync(new URL(page, pages), "utf8");
  const fences = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = ""]) => yaml);
  return fences.filter((yaml) => yaml.startsWith("# cluster file"));
}

const examples = readdirSync(pages)
  .filter((name) => name.endsWith(".md"))
  .flatMap((page) => examplesOf(page).map((yaml, index) => ({ page, number: index + 1, yaml })));

describe("the manual", () => {
  test.each(examples)("$page: example $number is a cluster file", ({ page, number, yaml }) => {
    const file = join(folder, `${page}-${number}.yaml`);
    writeFileSync(file, yaml);
    expect(loadCluster(file, "shelf").nodes.length).toBeGreaterThan(0);
  });

  test("shows the errors of a file as they are", () => {
    const page = readFileSync(new URL("cluster.md", pages), "utf8");
    const [, yaml = "", said] =
      /^```yaml\n(# stacks\/shelf.yaml\n.*?)^```\n+```text\n(.*?)\n```/ms.exec(page) ?? [];
    const file = join(folder, "shelf.yaml");
    writeFileSync(file, yaml);
    expect(refusalOf(file)?.message.replaceAll(file, "stacks/shelf.yaml")).toBe(said);
  });

  test("has a page for each link, and a link to each page", () => {
    const index = readFileSync(new URL("README.md", pages), "utf8");
    const linked = [...index.matchAll(/\]\(([a-zA-Z-]+\.md)\)/g)].map(([, page = ""]) => page);
    const there = readdirSync(pages).filter((name) => name !== "README.md");
    expect([...new Set(linked)].sort()).toEqual(there.sort());
  });
});
