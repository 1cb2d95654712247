import { createHash } from "node:crypto";
import { z } from "zod";
import { manifestPath } from "../../provider/settings/syncedFolders.ts";
import { name } from "../names.ts";
import { isMixed, joinRequirements, parseRequirements, type Requirements } from "../requirements.ts";
import type { Wanted } from "../secretText.ts";
import { type FeatureContext, feature, installed, mapValues } from "./feature.ts";
import type { NodeProject } from "./projects.ts";

const word = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    "expected a name, as mac; write it with letters, digits, ., _ and - alone",
  );

const environment = z
  .strictObject({
    python: z.string().default("3").describe("wanted version of Python, as exact as it is given"),
    requirements: z.array(z.string()).optional().describe("lines as in requirements.txt"),
    requirementsFile: z.string().optional().describe("a requirements.txt, or a lock exported as one"),
    project: name.optional().describe("one of the node's projects, installed with what it needs"),
    extras: z.array(word).default([]).describe("the project's optional dependencies"),
    groups: z.array(word).default([]).describe("the project's groups of dependencies"),
    isEditable: z
      .boolean()
      .default(false)
      .describe("whether the project runs where it lies (pip install -e)"),
  })
  .refine(
    ({ project, extras, groups, isEditable }) =>
      project !== undefined || (extras.length === 0 && groups.length === 0 && !isEditable),
    { error: "expected a project beside extras, groups and isEditable, got none; name it" },
  );
type Environment = z.output<typeof environment>;

export const pythonEnvironment = feature({
  key: "pythonEnvironment",
  rule: z.record(name, environment).describe("Python environments: name → python, requirements, project"),
  settings: (value, context) => ({
    packages: installed("python3-venv", "ca-certificates"), // uv comes by venv's pip, over TLS
    pythonEnvironment: mapValues(value, (one, key) => ({
      python: one.python,
      requirements: requirementsOf(one, key, context),
      ...(one.project !== undefined && {
        project: projectEntry(one.project, one, [key, "project"], context),
      }),
    })),
  }),
});

function requirementsOf(
  { requirements = [], requirementsFile }: Environment,
  key: string,
  { attempt, text }: FeatureContext,
): Requirements {
  const lines = requirements.map((line, index) =>
    attempt([key, "requirements", index], () => parseRequirements(line, "requirements")),
  );
  if (requirementsFile === undefined) return together([...lines], [key, "requirements"], attempt);
  const at = [key, "requirementsFile"];
  const content = text(requirementsFile, at);
  const ofFile = attempt(at, () => parseRequirements(content, requirementsFile, true));
  return together([...lines, ofFile], at, attempt);
}

function together(
  all: (Requirements | undefined)[],
  at: PropertyKey[],
  attempt: FeatureContext["attempt"],
): Requirements {
  const joined = joinRequirements(all.filter((one) => one !== undefined));
  attempt(at, () => {
    if (!isMixed(joined)) return;
    throw new Error(
      "expected hashes of all requirements or of none, got both; put all of them into one file that uv pip compile --generate-hashes makes",
    );
  });
  return joined;
}

/** Files that say what a project needs and how it is built. */
const definitions = ["pyproject.toml", "setup.py", "setup.cfg", "uv.lock", "poetry.lock"];

function projectEntry(
  key: string,
  one: Environment,
  at: PropertyKey[],
  { project, attempt }: FeatureContext,
): Wanted {
  const found = project(key, at);
  const lock = found && attempt(at, () => lockOf(key, found));
  if (found === undefined || lock === undefined) return null;
  const { extras, groups, isEditable } = one;
  return {
    path: found.path,
    manifest: manifestPath(`projects/${key}`),
    lock,
    ...{ extras, groups, isEditable },
    digest: (isEditable ? definitionDigest(found) : found.content.digest).slice(0, 12),
  };
}

/** The file that says which versions; where there is both, uv's. */
function lockOf(key: string, { content }: NodeProject): string {
  const has = (file: string) => content.files.some(({ path }) => path === file);
  if (has("pyproject.toml")) return ["uv.lock", "poetry.lock"].find(has) ?? "none";
  if (has("setup.py")) return "none";
  throw new Error(
    `expected pyproject.toml or setup.py in the folder of project ${key}, got neither; for a requirements.txt alone give requirementsFile`,
  );
}

/** An editable project changes with its files: only what it needs makes it necessary to install it anew. */
function definitionDigest({ content }: NodeProject): string {
  const own = content.files.filter(({ path }) => definitions.includes(path));
  const hash = createHash("sha256");
  for (const { path, sha256 } of own) hash.update(`${sha256}  ${path}\n`);
  return hash.digest("hex");
}
