import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveFile } from "../../../../runners/notebook/run/resolveFile.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function project(): string {
  const root = temporaryFolder();
  for (const folder of ["notebooks", "src"]) mkdirSync(join(root, folder));
  const files = [
    "notebooks/10_load.ipynb",
    "notebooks/23_train.ipynb",
    "notebooks/23_tune.ipynb",
    "src/train.py",
  ];
  for (const file of files) writeFileSync(join(root, file), "");
  return root;
}

test.each([
  ["notebook", "notebooks/10_load.ipynb", "notebooks/10_load.ipynb"],
  ["notebook", "10", "notebooks/10_load.ipynb"],
  ["notebook", "10_load", "notebooks/10_load.ipynb"],
  ["notebook", "23_tr", "notebooks/23_train.ipynb"],
  ["notebook", "23_train.ipynb", "notebooks/23_train.ipynb"],
  ["python", "train", "src/train.py"],
  ["python", "src/train.py", "src/train.py"],
] as const)("%s %s is %s", (kind, typed, expected) => {
  expect(resolveFile(project(), kind, typed, "/")).toBe(expected);
});

test("a path may start where it is typed", () => {
  const root = project();
  expect(resolveFile(root, "notebook", "10_load.ipynb", join(root, "notebooks"))).toBe(
    "notebooks/10_load.ipynb",
  );
});

test.each([
  [
    "notebook",
    "23",
    "23: expected one notebook, got 2 that begin so; type more of it:\n  notebooks/23_train.ipynb\n  notebooks/23_tune.ipynb",
  ],
  [
    "notebook",
    "notebooks/32_train.ipynb",
    "notebooks/32_train.ipynb: expected a notebook (….ipynb), got none of that name; did you mean notebooks/23_train.ipynb?",
  ],
  [
    "notebook",
    "99",
    "99: expected a notebook (….ipynb), got none of that name; there are notebooks/10_load.ipynb, notebooks/23_train.ipynb, notebooks/23_tune.ipynb",
  ],
  ["python", "walk", "walk: expected a Python script (….py), got none of that name; there is src/train.py"],
] as const)("%s %s is refused", (kind, typed, expected) => {
  expect(() => resolveFile(project(), kind, typed, "/")).toThrow(new Error(expected));
});

test("a file outside of the project is refused", () => {
  const root = project();
  const outside = join(temporaryFolder(), "x.ipynb");
  writeFileSync(outside, "");
  expect(() => resolveFile(root, "notebook", outside)).toThrow(
    `expected a file of the project ${root}, got ${outside}; copy it there`,
  );
});
