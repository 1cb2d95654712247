import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const scripts = new URL("../../scripts/", import.meta.url).pathname;

/** What TAB offers in bash after these words, the last of which is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const root = temporaryFolder();
  for (const path of [
    "notebooks/10_load.ipynb",
    "notebooks/23_train.ipynb",
    "notebooks/README.md",
    "src/train it.py",
    "results/baseline/metadata.json",
    "results/notes.txt",
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
  symlinkSync(scripts, join(root, "scripts"));
  const program = `eval "$(scripts/completion)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _minirack_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await execa("bash", ["-c", program, "bash", ...words], { cwd: root });
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  [["scripts/run-remote.sh", "23"], ["notebooks/23_train.ipynb"]],
  [
    ["scripts/run-remote.sh", "notebooks/"],
    ["notebooks/10_load.ipynb", "notebooks/23_train.ipynb"],
  ],
  [["scripts/run-remote.sh", "23", "base"], []],
  [["scripts/run-remote.sh", "23", "x", "--mem"], ["--memory"]],
  [["scripts/run-remote.sh", "50", "x", "--results", ""], ["baseline"]],
  [["scripts/run-remote-python.sh", "tr"], ["src/train it.py"]],
  [["scripts/runs", "lo"], ["logs"]],
  [["scripts/runs", "fetch", "b"], ["baseline"]],
])("TAB after %j offers %j", async (words, expected) => {
  expect(await offered(...words)).toEqual(expected);
});

test("it says how it is used", async () => {
  const { stdout } = await execa(join(scripts, "completion"), ["--help"]);
  expect(stdout).toContain('Usage: eval "$(scripts/completion)"');
});
