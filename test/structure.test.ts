import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { type SourceFile, sourceFiles } from "./support/sourceFiles.ts";

/** Rooms from the ground up: a file may import its own floor and those below. The first that fits counts. */
const floors: [floor: number, room: string][] = [
  [0, "provider/shell/"],
  [1, "provider/transport/"],
  [1, "provider/settings/"],
  [1, "provider/folders/"],
  [2, "config/"],
  [3, "provider/"],
  [3, "runners/training/trainingCode.ts"],
  [4, "components/"],
  [5, "stacks/"],
  [6, "index.ts"],
  [6, "runners/runs/"],
  [7, "lab/"],
  [7, "runners/"],
  [7, "scripts/"],
  [7, "offline/"],
  [8, "bench/"],
];

const sources = sourceFiles();
const imported = sources.flatMap(({ path, imports }) => imports.map((target) => ({ path, target })));

function floorOf(path: string): number {
  const found = floors.find(([, room]) => path.startsWith(room));
  if (found === undefined)
    throw new Error(`expected ${path} in a room of the house, got none; give it a floor`);
  return found[0];
}

function isProjectFile(target: string): boolean {
  return sources.some(({ path }) => path === target);
}

function offenders(isAllowed: (one: { path: string; target: string }) => boolean): string[] {
  return imported.filter((one) => !isAllowed(one)).map(({ path, target }) => `${path} imports ${target}`);
}

test("imports go downward only", () => {
  const isLabProgram = ({ path, target }: { path: string; target: string }) =>
    path === "index.ts" && target === "lab/lab.ts"; // stack lab's program, loaded only for it
  expect(
    offenders(
      (one) => !isProjectFile(one.target) || isLabProgram(one) || floorOf(one.target) <= floorOf(one.path),
    ),
  ).toEqual([]);
});

test("settings know nothing of how nodes are reached, and transport nothing of settings", () => {
  expect(
    offenders(
      ({ path, target }) =>
        !(path.startsWith("provider/settings/") && target.startsWith("provider/transport/")) &&
        !(path.startsWith("provider/transport/") && target.startsWith("provider/settings/")),
    ),
  ).toEqual([]);
});

test("SSH is the transport's alone", () => {
  expect(
    offenders(
      ({ path, target }) =>
        target !== "ssh2" || path.startsWith("provider/transport/") || path === "provider/clusterKey.ts", // makes a key
    ),
  ).toEqual([]);
});

test("Pulumi's SDK is no business of settings, shell, transport and configuration", () => {
  const isPlain = (path: string) => /^(config|provider\/(settings|shell|transport))\//.test(path);
  expect(offenders(({ path, target }) => !isPlain(path) || !target.startsWith("@pulumi/"))).toEqual([]);
});

test("only the script that chooses Pulumi knows of offline/", () => {
  const mayKnow = (path: string) => path.startsWith("offline/") || path.startsWith("scripts/pulumi/");
  expect(offenders(({ path, target }) => mayKnow(path) || !target.startsWith("offline/"))).toEqual([]);
});

test("nothing imports the provider's entry", () => {
  expect(offenders(({ target }) => target !== "provider/main.ts")).toEqual([]);
  expect(existsSync(new URL("../provider/main.ts", import.meta.url))).toBe(true);
});

test("files are small: half of them under 80 lines, none over 250", () => {
  const bySize = [...sources].sort((a, b) => a.lines - b.lines);
  const median: SourceFile | undefined = bySize[Math.floor(bySize.length / 2)];
  expect(median?.lines).toBeLessThan(80);
  expect(bySize.filter(({ lines }) => lines > 250).map(({ path }) => path)).toEqual([]);
});
