import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const project = join(import.meta.dirname, "..", "..", "..", "..");

/** Makes a folder a project with one domain, `digits`. */
export function projectFolder(root: string): string {
  const code = join("runners", "training");
  mkdirSync(join(root, "domains"), { recursive: true });
  mkdirSync(join(root, code, "minirack_training"), { recursive: true });
  writeFileSync(join(root, "domains", "digits.py"), '"""Stands for the real one."""\n');
  writeFileSync(join(root, code, "minirack_training", "__init__.py"), "");
  cpSync(join(project, code, "requirements.txt"), join(root, code, "requirements.txt"));
  return root;
}
