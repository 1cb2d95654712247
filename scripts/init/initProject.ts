import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
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
    if (isThere) continue;
    const text = readFileSync(join(templates, template), "utf8");
    writeFileSync(join(folder, name), text.replace("PROJECT", projectName(folder)));
  }
  markModule(join(folder, "package.json"));
  return done;
}

/** The folder's name, as far as Pulumi takes it for a project's: two projects are told apart by it. */
function projectName(folder: string): string {
  const name = basename(resolve(folder)).replace(/[^A-Za-z0-9_.-]+/g, "-");
  return name.replace(/^[-.]+|[-.]+$/g, "").slice(0, 100) || "cluster";
}

/** The program is an ES module: Pulumi and Node go by this. */
function markModule(file: string): void {
  const found = existsSync(file)
    ? packageFile.parse(JSON.parse(readFileSync(file, "utf8")))
    : { private: true };
  if ("type" in found && found.type === "module") return;
  writeFileSync(file, `${JSON.stringify({ ...found, type: "module" }, null, 2)}\n`);
}
