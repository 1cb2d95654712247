import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf } from "../../../../runners/notebook/image/codeFiles.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const cell = { cell_type: "code", metadata: {}, source: "1 + 1" };

function project(outputs: unknown[] = [], count: number | null = null): string {
  const root = temporaryFolder();
  for (const folder of ["notebooks", "src/deep", "src/__pycache__", "data"])
    mkdirSync(join(root, folder), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  write(
    "notebooks/10_a.ipynb",
    JSON.stringify({ nbformat: 4, cells: [{ ...cell, outputs, execution_count: count }] }),
  );
  write("notebooks/20_b.ipynb", JSON.stringify({ nbformat: 4, cells: [] }));
  write("src/own.py", "x = 1\n");
  write("src/deep/other.py", "");
  write("src/__pycache__/own.pyc", "");
  write("src/private.txt", "");
  write("src/.gitignore", "private.txt\n");
  write("data/prices.dvc", "outs:\n- md5: 0\n");
  write("data/prices.csv", "1\n");
  return root;
}

test("a notebook goes with src and what DVC tracks, and no other notebook", () => {
  const paths = codeOf(project(), "notebooks/10_a.ipynb").files.map(({ path }) => path);
  expect(paths.sort()).toEqual([
    "data/prices.dvc",
    "notebooks/10_a.ipynb",
    "src/.gitignore",
    "src/deep/other.py",
    "src/own.py",
  ]);
});

test("what the project keeps out of git is not sent, in src neither", () => {
  const root = project();
  writeFileSync(join(root, ".gitignore"), ".env\n/src/deep/\n");
  writeFileSync(join(root, "src/.env"), "TOKEN=1\n");
  const paths = codeOf(root, "notebooks/10_a.ipynb").files.map(({ path }) => path);
  expect(paths).not.toContain("src/.env");
  expect(paths).not.toContain("src/deep/other.py");
  expect(paths).toContain("src/own.py");
});

test("a src with nothing to send is as good as none", () => {
  const root = project();
  writeFileSync(join(root, "src/.gitignore"), "*\n");
  const paths = codeOf(root, "notebooks/10_a.ipynb").files.map(({ path }) => path);
  expect(paths).toEqual(["notebooks/10_a.ipynb", "data/prices.dvc"]);
});

test("a script of src goes once", () => {
  const paths = codeOf(project(), "src/own.py").files.map(({ path }) => path);
  expect(paths.filter((path) => path === "src/own.py")).toHaveLength(1);
});

test("what a notebook printed when it was last run makes no other code; its source does", () => {
  const fresh = project();
  const ran = project([{ output_type: "stream", text: "2" }], 7);
  expect(codeOf(ran, "notebooks/10_a.ipynb").sha256).toBe(codeOf(fresh, "notebooks/10_a.ipynb").sha256);
  writeFileSync(join(ran, "src/own.py"), "x = 2\n");
  expect(codeOf(ran, "notebooks/10_a.ipynb").sha256).not.toBe(codeOf(fresh, "notebooks/10_a.ipynb").sha256);
});

test.each([
  ["", "Unexpected end of JSON input"],
  ["[]", "JSON without cells"],
  ['{"nbformat": 4}', "JSON without cells"],
])("a file with %j is no notebook", (text, found) => {
  const root = project();
  writeFileSync(join(root, "notebooks/10_a.ipynb"), text);
  expect(() => codeOf(root, "notebooks/10_a.ipynb")).toThrow(
    `notebooks/10_a.ipynb: expected a notebook of Jupyter's, got ${found}; open it in Jupyter and save it again`,
  );
});

test("a link out of the project is refused by its name, in src and of what DVC tracks", () => {
  const outer = temporaryFolder();
  writeFileSync(join(outer, "key"), "secret");
  const root = project();
  symlinkSync(join(outer, "key"), join(root, "src/key.py"));
  const remedy = "which leads out of it; put the file itself there or ignore it";
  expect(() => codeOf(root, "notebooks/10_a.ipynb")).toThrow(
    `${root}: expected links that stay in it, got src/key.py, ${remedy}`,
  );
  rmSync(join(root, "src/key.py"));
  symlinkSync(join(outer, "key"), join(root, "data/key.dvc"));
  expect(() => codeOf(root, "notebooks/10_a.ipynb")).toThrow(
    `${root}: expected links that stay in it, got data/key.dvc, ${remedy}`,
  );
});
