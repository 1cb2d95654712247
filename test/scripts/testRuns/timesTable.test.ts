import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { areaOf, areas } from "../../../scripts/testRuns/areas.ts";
import type { FileRun } from "../../../scripts/testRuns/testRun.ts";
import { timesTable } from "../../../scripts/testRuns/timesTable.ts";

const root = new URL("../../../", import.meta.url).pathname;

function ran(file: string, seconds: number): Record<string, FileRun> {
  return { [file]: { file, passed: 1, failed: 0, skipped: 0, seconds } };
}

test("a table has each area with its budget, and the files that take long", () => {
  const table = timesTable({
    test: { ...ran("test/lab/cycle.test.ts", 100), ...ran("test/config/cluster.test.ts", 1.25) },
    all: { ...ran("test/lab/cycle.test.ts", 101), ...ran("test/lab/changes.test.ts", 200) },
  });
  const rows = table.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));
  expect(rows).toEqual(
    expect.arrayContaining([
      "AREA, FILE | NPM TEST (s) | TEST:ALL (s) | BUDGET (s)",
      expect.stringMatching(/^stack \| 100\.0 \| 301\.0 \| \d+$/),
      "test/lab/changes.test.ts | 0.0 | 200.0",
      "test/lab/cycle.test.ts | 100.0 | 101.0",
      expect.stringMatching(/^unit \| 1\.3 \| 0\.0 \| \d+$/),
      expect.stringMatching(/^all \| 101\.3 \| 301\.0 \| \d+$/),
    ]),
  );
  expect(table).not.toContain("cluster.test.ts");
});

test("a test file of the lab is of the area that names it, else an attack; all others are units", () => {
  expect(areaOf("test/lab/settings/records.test.ts").name).toBe("settings");
  expect(areaOf("test/lab/recovery.test.ts").name).toBe("state");
  expect(areaOf("test/config/fuzz.test.ts").name).toBe("unit");
  const named = areas.flatMap(({ files }) => files).filter((file) => file.startsWith("test/lab/"));
  const paths = readdirSync(`${root}test/lab`, { recursive: true }).map((path) => `test/lab/${path}`);
  const missing = named.filter((file) => !paths.some((path) => path.startsWith(file)));
  expect(missing.filter((file) => file !== "test/lab/" && file !== "test/lab/field")).toEqual([]);
});

test("npm test runs no lab test of an area that has no budget", () => {
  const paths = readdirSync(`${root}test/lab`, { recursive: true }).map((path) => `test/lab/${path}`);
  const untagged = paths
    .filter((path) => path.endsWith(".test.ts") && areaOf(path).budgetSeconds === 0)
    .filter((path) => !readFileSync(`${root}${path}`, "utf8").includes('tags: "matrix"'));
  expect(untagged).toEqual([]);
});

test("CONTRIBUTING has the budget of each area, and in all they are at most a quarter of an hour", () => {
  const contributing = readFileSync(`${root}CONTRIBUTING.md`, "utf8");
  const rows = [...contributing.matchAll(/^\| (\S[^|]*?) +\| +(\d+) +\|/gm)].map(([, name, seconds]) => [
    name,
    Number(seconds),
  ]);
  expect(rows).toEqual(areas.map(({ name, budgetSeconds }) => [name, budgetSeconds]));
  expect(areas.reduce((sum, { budgetSeconds }) => sum + budgetSeconds, 0)).toBeLessThanOrEqual(900);
});
