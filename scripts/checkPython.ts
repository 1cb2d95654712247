import { join } from "node:path";
import { execa } from "execa";
import { pythonFolders } from "./python/pythonFolders.ts";
import { pythonTools } from "./python/pythonTools.ts";

const root = join(import.meta.dirname, "..");

try {
  const { bin } = await pythonTools();
  const folders = await pythonFolders(root);
  const check = (tool: string, ...options: string[]) =>
    execa(join(bin, tool), [...options, ...folders], { cwd: root, stdio: "inherit", reject: false });
  const checks = [
    await check("ruff", "check"),
    await check("ruff", "format", "--check"),
    await check("mypy", "--strict"),
  ];
  if (checks.some((done) => done.failed)) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
