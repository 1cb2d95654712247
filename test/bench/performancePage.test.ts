import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withTables } from "../../bench/performancePage.ts";
import { performancePage, resultFiles } from "../../bench/resultFiles.ts";

const marks = "before\n<!-- figures: made by npm run bench:tables -->\nold\n<!-- end of figures -->\nafter\n";
const figure = {
  tool: "minirack",
  case: "firstApply",
  nodes: 2,
  latencyMs: 0,
  medianSeconds: 3,
  minSeconds: 2,
  maxSeconds: 4,
  runs: 3,
};
const file = (path: string, figures: object[]) => ({ path, text: JSON.stringify(figures) });

test("docs/performance.md has the tables of the committed results; else: npm run bench:tables", () => {
  const page = readFileSync(performancePage, "utf8");
  expect(page).toBe(withTables(page, resultFiles()));
});

test("tables take the place of what was between the marks; the newest file comes first", () => {
  const files = [file("results/bench-1.json", [figure]), file("results/bench-2.json", [figure])];
  const page = withTables(marks, files);
  expect(page).toMatch(
    /^before\n<!-- figures.*-->\n\nFrom \[results\/bench-2.json\].*<!-- end of figures -->\nafter\n$/s,
  );
  expect(page).not.toContain("old");
  expect(page.indexOf("bench-2.json")).toBeLessThan(page.indexOf("bench-1.json"));
  expect(page).toContain("| 2     | 0 ms    | 3.00 s (2.00–4.00) |");
  expect(withTables(page, files)).toBe(page);
});

test("without results the page says so", () => {
  expect(withTables(marks, [])).toContain("\nNo figures are committed yet.\n");
});

test("a page without its marks, and a file that holds something else, are told", () => {
  expect(() => withTables("text", [])).toThrow(
    "docs/performance.md: expected the line <!-- figures: made by npm run bench:tables -->, got none; put it back",
  );
  const wrong = file("results/bench-1.json", [{ ...figure, medianSeconds: "3" }]);
  expect(() => withTables(marks, [wrong])).toThrow("docs/results/bench-1.json: expected figures, got:");
});
