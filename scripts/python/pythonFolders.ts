import { dirname } from "node:path";
import { execa } from "execa";

/** Every folder of the project that holds Python; what git ignores is left out. */
export async function pythonFolders(root: string): Promise<string[]> {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.py"];
  const { stdout } = await execa("git", list, { cwd: root });
  const folders = new Set(stdout.split("\n").filter(Boolean).map(dirname));
  return [...folders].sort();
}
