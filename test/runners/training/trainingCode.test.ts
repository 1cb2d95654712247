import { join } from "node:path";
import { expect, test } from "vitest";
import {
  trainingCode,
  trainingCodeHash,
  trainingRequirements,
} from "../../../runners/training/trainingCode.ts";

const root = join(import.meta.dirname, "..", "..", "..");

test("the package and the domains are deployed, Python only", () => {
  const paths = trainingCode(root).map(({ path }) => path);
  expect(paths).toContain("minirack_training/__main__.py");
  expect(paths).toContain("domains/digits.py");
  expect(paths.filter((path) => !path.endsWith(".py"))).toEqual([]);
});

test("the hash is the one that the nodes compute, whatever the order of the files", () => {
  // The same files and hash as in test_parts.py.
  const files = [
    { path: "minirack_training/b.py", content: "b\n" },
    { path: "domains/a.py", content: "é\n" },
    { path: "minirack_training/__init__.py", content: "" },
  ];
  expect(trainingCodeHash(files)).toBe("7c7f14f34679a55e5a272cc7ead9570273268f7b6326a779abb652ac8a268f79");
  expect(trainingCodeHash(files.reverse())).toBe(trainingCodeHash(files));
});

test("every requirement is an exact version", () => {
  const lines = trainingRequirements(root)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines.filter((line) => !/^[a-z0-9-]+==[0-9.]+$/.test(line))).toEqual([]);
});
