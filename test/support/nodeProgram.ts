import { join } from "node:path";
import type { Properties } from "../../provider/resource.ts";
import { settings } from "../../provider/settings/index.ts";
import { programNodes } from "../lab/settings/program.ts";
import { stagesOf } from "../lab/settings/stages.ts";
import type { Kept, LabNodeProvider } from "./labNodeProvider.ts";
import { type TestLab, testFolder } from "./testLab.ts";

/** What a cluster file wants of its one node, taken up and down as the engine does it. */
export interface NodeProgram {
  /** The text of the first error that a resource ended with; empty where all were made. Those that do not need it are made all the same. */
  up(): Promise<string>;
  /** Properties that a refresh would show as changed: `files /etc/motd`. */
  drifts(): Promise<string[]>;
  /** Gives the node back. What a failed create has begun is destroyed as well: the state keeps it. */
  destroy(): Promise<void>;
}

/** How the cluster file of a test writes a node of its lab: name, address, first contact. */
export function fileNode(lab: TestLab, name: string): Record<string, unknown> {
  const byKey = { identityFile: join(lab.folder, "id_ed25519") };
  const firstContact = name === "mini3" ? { password: { file: join(lab.folder, "password") } } : byKey;
  return { name, host: "127.0.0.1", port: lab.portOf(name), firstContact };
}

/** What stands above the nodes in the cluster file of a test. */
export function fileAbove(lab: TestLab): Record<string, unknown> {
  return { user: "rack", identityFile: join(testFolder, `${lab.stack}-key`) };
}

/** The program of a cluster file with one node. */
export async function nodeProgram(
  provider: LabNodeProvider,
  stack: string,
  file: string,
): Promise<NodeProgram> {
  const wanted = (await programNodes(file, stack))[0]?.wanted ?? new Map<string, Properties>();
  const kept = new Map<string, Kept>();
  return {
    up: () => createAll(provider, wanted, kept).then(() => "", failureText),
    drifts: async () => {
      const all = [...kept].map(async ([key, made]) => {
        const now = await provider.read(made);
        const diff = now === undefined ? ["gone"] : await provider.diff(now, wanted.get(key) ?? {});
        return diff.map((path) => `${key} ${path}`);
      });
      return (await Promise.all(all)).flat();
    },
    destroy: async () => {
      const failures: string[] = [];
      for (const [, made] of [...kept].toReversed())
        await provider.delete(made).catch((error: unknown) => failures.push(failureText(error)));
      if (failures.length > 0) throw new Error(failures.join("\n"));
    },
  };
}

/** Stage by stage, as the program's dependencies have it. */
async function createAll(
  provider: LabNodeProvider,
  wanted: Map<string, Properties>,
  kept: Map<string, Kept>,
): Promise<void> {
  for (const stage of stagesOf(settings)) {
    const failures: unknown[] = [];
    const create = async (key: string) => {
      const inputs = wanted.get(key) ?? {};
      kept.set(key, { setting: key, id: `${inputs.node}/${key}`, inputs, state: inputs });
      await provider.create(key, inputs).then(
        (made) => void kept.set(key, made),
        (error: unknown) => void failures.push(error),
      );
    };
    const own = stage.filter((key) => wanted.has(key) && !key.includes("/")); // a runner's files are no feature's
    await Promise.all(own.map(create));
    if (failures.length > 0) throw failures[0];
  }
}

function failureText(failure: unknown): string {
  return (failure instanceof Error ? failure.message : String(failure)).replace(/^\d+ [A-Z_]+: /, "");
}
