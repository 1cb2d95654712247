import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { nearestNames } from "../../../config/nearestNames.ts";
import type { RunKind } from "./runOptions.ts";

/** Where each kind is looked for when a name alone was typed, and what its files end in. */
const places = {
  notebook: { folder: "notebooks", ending: ".ipynb" },
  python: { folder: "src", ending: ".py" },
} as const;

/**
 * What was typed, as a file of the project: a path, a file's name, or its beginning, as `23`.
 *
 * @param from folder in which it was typed: a path starts there, or at the project's folder
 * @returns path from the project's folder
 * @throws Error where there is none, or several begin alike: then it lists them
 */
export function resolveFile(root: string, kind: RunKind, typed: string, from = process.cwd()): string {
  const { folder, ending } = places[kind];
  const path = [resolve(from, typed), join(root, typed)].find((one) => existsSync(one));
  if (path?.endsWith(ending)) return inProject(root, path, typed);
  const names = filesIn(join(root, folder), ending);
  const wanted = basename(typed);
  const isName = typed === wanted;
  const exact = names.filter((name) => name === wanted || name === `${wanted}${ending}`);
  const candidates = !isName
    ? []
    : exact.length > 0
      ? exact
      : names.filter((name) => name.startsWith(wanted));
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return join(folder, only);
  if (only !== undefined) throw new Error(ambiguous(kind, typed, folder, candidates));
  throw new Error(missing(kind, typed, names));
}

function inProject(root: string, path: string, typed: string): string {
  const inside = relative(root, path);
  if (!inside.startsWith("..")) return inside;
  throw new Error(`${typed}: expected a file of the project ${root}, got ${path}; copy it there`);
}

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}

function ambiguous(kind: RunKind, typed: string, folder: string, candidates: string[]): string {
  const list = candidates.map((name) => `\n  ${folder}/${name}`).join("");
  return `${typed}: expected one ${kindText(kind)}, got ${candidates.length} that begin so; type more of it:${list}`;
}

function missing(kind: RunKind, typed: string, names: string[]): string {
  const { folder, ending } = places[kind];
  const near = nearestNames(basename(typed), names);
  const remedy =
    near.length > 0
      ? `did you mean ${near.map((name) => `${folder}/${name}`).join(" or ")}?`
      : names.length > 0
        ? `there ${names.length === 1 ? "is" : "are"} ${names.map((name) => `${folder}/${name}`).join(", ")}`
        : `${folder}/ has none yet: put one there`;
  return `${typed}: expected a ${kindText(kind)} (…${ending}), got none of that name; ${remedy}`;
}

function kindText(kind: RunKind): string {
  return kind === "notebook" ? "notebook" : "Python script";
}
