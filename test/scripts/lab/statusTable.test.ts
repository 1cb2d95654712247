import { expect, test } from "vitest";
import { statusTable } from "../../../scripts/lab/statusTable.ts";

test("columns are aligned", () => {
  const node = { node: "mini1", kind: "container" as const, madeOf: "minirack-lab-mini1", port: 2201 };
  expect(statusTable([{ ...node, system: "running" }]).split("\n")).toEqual([
    "node   sshd            system   made of",
    "mini1  127.0.0.1:2201  running  minirack-lab-mini1",
  ]);
});

test("no nodes say what to type", () => {
  expect(statusTable([])).toContain("npm run lab -- up");
});
