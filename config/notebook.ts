import { z } from "zod";
import { sourceFile } from "../provider/shell/sourceFile.ts";
import { installed, mergeSettings, rootFile, type SettingValues } from "./features/feature.ts";
import { unitsOfTimer } from "./features/timers.ts";

/** The notebook runner, as a person writes it. */
export const notebookRule = z.strictObject({
  nodes: z
    .array(z.string())
    .min(1, "expected at least one node; name it, or remove the key: then all that have Docker run notebooks")
    .optional()
    .describe("names of its nodes; all that have Docker when left out"),
  baseImage: z
    .string()
    .min(1)
    .default("python:3.13-slim")
    .describe("image with Python that runs' images are made of; `debian-python`: made here of Debian's own"),
  keepImagesDays: z
    .int()
    .min(1)
    .default(14)
    .describe("days after which images that no run has used go from the nodes"),
  isNative: z
    .boolean()
    .default(false)
    .describe("whether runs without a container are possible too: brings uv to the nodes"),
});
export type NotebookRule = z.output<typeof notebookRule>;

/** The notebook runner of a cluster, with its nodes' names. */
export interface Notebook extends Omit<NotebookRule, "nodes"> {
  nodes: string[];
}

interface NotebookFile {
  notebook?: NotebookRule | undefined;
  docker?: unknown;
  nodes: {
    name?: string | undefined;
    os?: string | undefined;
    docker?: unknown;
    without?: readonly string[] | undefined;
  }[];
}

/** The names of the nodes that run notebooks: those that were given, or all with Docker. */
export function resolveNotebook({ notebook, docker, nodes }: NotebookFile): Notebook | undefined {
  if (notebook === undefined) return undefined;
  const able = nodes.filter((node) => hasDocker(node, docker)).flatMap(({ name }) => name ?? []);
  return { ...notebook, nodes: notebook.nodes ?? able };
}

/** Whether a node has Docker: its own, or everybody's unless it is left out there. */
export function hasDocker(
  { os, docker, without = [] }: NotebookFile["nodes"][number],
  shared: unknown,
): boolean {
  if (os === "macos") return false;
  return docker !== undefined || (shared !== undefined && !without.includes("docker"));
}

/** Folder on a node that holds a folder for each run which is there. */
export const runsFolder = "/srv/minirack/runs";
/** Environment of no packages: with it comes uv, which makes those of runs without a container. */
const uvEnvironment = "notebook-uv";
const pruneProgram = "/opt/minirack/notebook/prune.sh";

/** What the runner wants of a node: a folder for runs, a timer that prunes what none uses, and uv where it is asked for. */
export function notebookSettings({ keepImagesDays, isNative }: Notebook, user: string): SettingValues {
  const folder = { mode: "0700", owner: `${user}:` };
  const command = `sh ${pruneProgram} ${keepImagesDays}`;
  const timer = unitsOfTimer("notebook-images", {
    ...{ command, schedule: "daily", user, isPersistent: false },
  });
  const own = {
    [`${runsFolder}/`]: folder,
    [pruneProgram]: rootFile(sourceFile("runners/notebook/node/prune.sh")),
  };
  const uv = {
    packages: installed("python3-venv"),
    pythonEnvironment: { [uvEnvironment]: { python: "3", requirements: {} } },
  };
  return mergeSettings({ ...timer, files: { ...timer.files, ...own } }, isNative ? uv : {});
}
