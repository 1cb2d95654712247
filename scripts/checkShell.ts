import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { pythonTools } from "./python/pythonTools.ts";

const root = join(import.meta.dirname, "..");

/** Tracked and new files that are shell: by their ending, or by their first line. */
async function shellFiles(): Promise<string[]> {
  const listed = await execa("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  const isShell = (file: string) =>
    file.endsWith(".sh") ||
    (!/\.[a-z]+$/.test(file) &&
      /^#!.*\b(ba)?sh\b/.test(readFileSync(join(root, file), "utf8").split("\n")[0] ?? ""));
  return listed.stdout.split("\n").filter(isShell);
}

try {
  const { bin } = await pythonTools();
  const { failed } = await execa(join(bin, "shellcheck"), await shellFiles(), {
    cwd: root,
    stdio: "inherit",
    reject: false,
  });
  if (failed) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
