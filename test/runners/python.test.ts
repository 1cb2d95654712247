import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { pythonTools } from "../../scripts/python/pythonTools.ts";

const root = join(import.meta.dirname, "..", "..");

test("the tests of the Python that runs on the nodes", async () => {
  const { bin } = await pythonTools();
  const { exitCode, all } = await execa(join(bin, "pytest"), ["-q", "test/runners"], {
    cwd: root,
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    all: true,
    reject: false,
  });
  expect(exitCode, all).toBe(0);
  console.log(all.trim().split("\n").at(-1));
});
