import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const templates = join(import.meta.dirname, "project");
const packageFile = z.looseObject({ type: z.string().optional() });

/** What was made, and what was there already and is left as it is. */
export interface InitialProject {
  made: string[];
  left: string[];
}

/**
 * Makes a Pulumi project of a folder: the cluster file to edit, the stack's configuration, the program of three lines.
 * @param folder made when it is not there
 * @param stack name of the stack
 */
export function initProject(folder: string, stack: string): InitialProject {
  mkdirSync(folder, { recursive: true });
  const done: InitialProject = { made: [], left: [] };
  for (const template of readdirSync(templates)) {
    const name = template.replace("STACK", stack).replace(/^gitignore$/, ".gitignore"); // npm packs no .gitignore
    const isThere = existsSync(join(folder, name));
    (isThere ? done.left : done.made).push(name);
    if (!isThere) copyFileSync(join(templates, template), join(folder, name));
  }
  markModule(join(folder, "package.json"));
  return done;
}

/** The program is an ES module: Pulumi and Node go by this. */
function markModule(file: string): void {
  const found = existsSync(file)
    ? packageFile.parse(JSON.parse(readFileSync(file, "utf8")))
    : { private: true };
  if ("type" in found && found.type === "module") return;
  writeFileSync(file, `${JSON.stringify({ ...found, type: "module" }, null, 2)}\n`);
}
