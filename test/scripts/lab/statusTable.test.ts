import { expect, test } from "vitest";
import { statusTable } from "../../../scripts/lab/statusTable.ts";

test("columns are aligned", () => {
  const node = {
    node: "mini1",
    stack: "lab",
    container: "minirack-lab-mini1",
    state: "running",
    port: 2201,
    diskFolder: "/d",
  };
  expect(statusTable([{ ...node, system: "running" }]).split("\n")).toEqual([
    "node   sshd            system   container",
    "mini1  127.0.0.1:2201  running  minirack-lab-mini1",
  ]);
});

test("no nodes say what to type", () => {
  expect(statusTable([])).toContain("npm run lab -- up");
});
