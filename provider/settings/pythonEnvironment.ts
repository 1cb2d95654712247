import { z } from "zod";
import { quote, run } from "../shell/command.ts";
import { differing, type Entries, setting } from "./setting.ts";

const projectEntry = z
  .object({
    path: z.string().describe("where it lies on the node"),
    manifest: z.string().describe("file on the node that lists what is the project's"),
    lock: z
      .enum(["uv.lock", "poetry.lock", "none"])
      .meta({ id: "LockFile" })
      .describe("file of the project that says which versions"),
    extras: z.array(z.string()).describe("optional dependencies of the project"),
    groups: z.array(z.string()).describe("groups of dependencies besides the main one"),
    isEditable: z.boolean().describe("whether it runs where it lies, or from a copy made now"),
    digest: z.string().describe("of what makes it necessary to install it anew"),
  })
  .meta({ id: "Project" });
type Project = z.infer<typeof projectEntry>;

const environmentEntry = z
  .object({
    python: z
      .string()
      .regex(/^3(\.\d+){0,2}$/, "expected a Python version, as 3.11")
      .describe("wanted version of Python, as exact as it is given: 3, 3.11, 3.11.2"),
    requirements: z
      .record(z.string(), z.string())
      .describe(
        "package → version specifier, marker and hashes, as in requirements.txt; a line for each, where there are several",
      ),
    project: projectEntry.optional().describe("a project on the node that is installed with what it needs"),
  })
  .meta({ id: "Environment" });
type Environment = z.infer<typeof environmentEntry>;

/** uv on a node that has an environment. */
export const uvProgram = "/opt/minirack/uv/bin/uv";

/** Where environments are on a node. */
export const environmentsFolder = "/opt/minirack/environments";

/**
 * Python environments made by uv. What was installed is written beside the environment (`minirack.lock`), so that a
 * package that was changed, added or removed by hand is told by its name. Entries: name → python, requirements,
 * project.
 */
export const pythonEnvironment = setting<Environment>({
  key: "pythonEnvironment",
  description: "Python environments made by uv: name → python, requirements, project",
  entry: environmentEntry,
  after: ["packages", "caCertificates", "syncedFolders"],
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((name) => run("show_environment", name))
        .join("\n"),
    parse: (text, wanted) => {
      const entries = Object.entries(wanted).map(([name, one]) => [name, parseEnvironment(name, text, one)]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted, returning = []) => {
      const changed = differing(actual, wanted);
      const steps = changed.flatMap((name) => planOne(name, wanted[name] ?? null));
      const isLast = Object.values(wanted).every((one) => one === null);
      // A build that failed has left uv without an environment.
      const mayHaveUv = steps.length > 0 || returning.length > 0;
      return isLast && mayHaveUv ? [...steps, "remove_uv"] : steps;
    },
  },
});

function planOne(name: string, wanted: Environment | null): string[] {
  if (wanted === null) return [run("rm", "-rf", `${environmentsFolder}/${name}`)];
  const lines = Object.entries(wanted.requirements).flatMap(linesOf);
  const tools = wanted.project?.lock === "poetry.lock" ? ["get_uv", "get_poetry"] : ["get_uv"];
  const project = wanted.project ? projectArguments(wanted.project) : [];
  const text = lines.sort().map((line) => `${line}\n`);
  const make = run("make_environment", name, wanted.python, text.join(""), ...project);
  return [...tools, make];
}

/** The lines of a requirements file that an entry stands for. */
function linesOf([key, specifiers]: [string, string]): string[] {
  return specifiers.split("\n").map((specifier) => `${key}${specifier}`);
}

function projectArguments({ path, manifest, lock, extras, groups, isEditable, digest }: Project): string[] {
  return [path, manifest, lock, extras.join(","), groups.join(","), isEditable ? "yes" : "no", digest];
}

/** What `make_environment` was given for the project, as it was noted when all was installed. */
function parseProject(row: string[] | undefined): Project | undefined {
  if (row === undefined) return undefined;
  const [, , path = "", manifest = "", lock, extras = "", groups = "", isEditable, digest = ""] = row;
  const list = (text: string) => text.split(",").filter((one) => one !== "");
  const facts = { path, manifest, lock, extras: list(extras), groups: list(groups), digest };
  return projectEntry.parse({ ...facts, isEditable: isEditable === "yes" });
}

/**
 * The tolerance is here: a version of Python that begins as wanted is the wanted one, and a package has the wanted
 * specifier where uv was asked for that very one and what it chose is installed: uv alone knows what is equal, and which
 * markers hold. Everything else is told as it is.
 */
function parseEnvironment(name: string, text: string, wanted: Environment | null): Environment | null {
  const rows = text
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([environment]) => environment === name);
  const of = (kind: string) => rows.filter((row) => row[1] === kind);
  const version = of("python")[0]?.[2];
  if (version === undefined) return null;
  const locked = new Map(of("locked").map((row) => pinned(row[2] ?? "")));
  const installed = new Map(of("installed").map((row) => pinned(row[2] ?? "")));
  const python = wanted !== null && `${version}.`.startsWith(`${wanted.python}.`) ? wanted.python : version;
  const project = parseProject(of("project")[0]);
  const asked = new Set(of("asked").map((row) => row[2] ?? ""));
  const requirements = requirementsOf({ installed, locked, asked }, wanted?.requirements ?? {});
  return { python, requirements, ...(project && { project }) };
}

/** What is in an environment. */
interface Packages {
  /** Package → version. */
  installed: Map<string, string>;
  /** The same when it was made. */
  locked: Map<string, string>;
  /** Lines that it was made for. */
  asked: Set<string>;
}

function requirementsOf(
  { installed, locked, asked }: Packages,
  wanted: Record<string, string>,
): Record<string, string> {
  const requirements: Entries<string> = {};
  for (const [key, specifiers] of Object.entries(wanted)) {
    const version = installed.get(canonicalName(key));
    const isLocked = version === locked.get(canonicalName(key));
    if (isLocked && linesOf([key, specifiers]).every((line) => asked.has(line)))
      requirements[key] = specifiers;
    else if (version !== undefined) requirements[key] = `==${version}`;
  }
  const wantedNames = new Set(Object.keys(wanted).map(canonicalName));
  for (const [key, version] of installed) {
    const isDependency = version === locked.get(key);
    if (!wantedNames.has(key) && !isDependency) requirements[key] = `==${version}`;
  }
  for (const key of locked.keys()) {
    if (!installed.has(key) && !wantedNames.has(key)) requirements[key] = "missing";
  }
  return Object.fromEntries(
    Object.entries(requirements).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function pinned(line: string): [string, string] {
  const [key = "", version = ""] = line.split("==");
  return [canonicalName(key), version];
}

/** PyPI takes `-`, `_` and `.` for one (PEP 503). */
function canonicalName(key: string): string {
  return key
    .replace(/\[.*\]/, "")
    .toLowerCase()
    .replace(/[-_.]+/g, "-");
}

/** The command of an environment's Python on a node. */
export function environmentPython(name: string): string {
  return quote(`${environmentsFolder}/${name}/bin/python`);
}
