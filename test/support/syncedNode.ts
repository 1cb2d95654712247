import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, vi } from "vitest";
import { folderManifest } from "../../provider/folders/folderManifest.ts";
import type { Properties } from "../../provider/resource.ts";
import { settingResource } from "../../provider/settingResource.ts";
import { syncedFolders } from "../../provider/settings/syncedFolders.ts";
import { nodeSandbox } from "./nodeSandbox.ts";
import type { ShellOutput } from "./realShell.ts";
import { type Asked, scriptedNode } from "./scriptedNode.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const identity = { stack: "minirack/dev", name: "mini1-syncedFolders" };

/** What a test makes of a command that arrived; `answer` runs it. */
export type Meddle = (
  asked: Asked,
  answer: (asked: Asked) => Promise<ShellOutput>,
) => Promise<ShellOutput | "cut">;

/** A folder of the controller and a node on which `syncedFolders` is real, in a folder of its own; so is the cache. */
export async function syncedNode({
  isExact = false,
  isRevision = false,
}: {
  isExact?: boolean;
  isRevision?: boolean;
} = {}) {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  const sandbox = nodeSandbox();
  const state: { meddle: Meddle } = { meddle: (asked, answer) => answer(asked) };
  const run = ({ command, stdin, bytes }: Asked) => sandbox.run(command, isPayload(command) ? bytes : stdin);
  const node = await scriptedNode({ react: (asked) => state.meddle(asked, run) });
  const source = temporaryFolder();
  const path = join(sandbox.root, "data");
  const inputs = (changes: Properties = {}): Properties => {
    const mode = (isExecutable: boolean) => (isExact ? "0444" : isExecutable ? "0755" : "0644");
    const { digest } = folderManifest(source, { ignoreFiles: [], ignore: [], isRevision, mode });
    const folderMode = isExact ? "0555" : "0755";
    const { owner } = sandbox;
    const entry = { source, path, owner, folderMode, isExact, digest, drift: {}, ...changes };
    return { node: "mini1", connection: node.target().connection, syncedFolders: { "projects/one": entry } };
  };
  const resource = settingResource(syncedFolders, async () => ({ inputs: inputs(), secrets: [] }));
  const on = (name: string) => join(path, name);
  return {
    ...{ sandbox, node, source, path, state, inputs, on },
    write: (files: Record<string, string>, folder = source) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
    read: (name: string) => (existsSync(on(name)) ? readFileSync(on(name), "utf8") : undefined),
    make: async (wanted = inputs()) => (await resource.create(wanted, identity)).state,
    change: (from: Properties, to: Properties) =>
      resource.update("mini1/syncedFolders", { from, to, state: from }, identity),
    look: async () => {
      const seen = await resource.read("mini1/syncedFolders", inputs(), {}, identity);
      expect(Object.keys(seen?.inputs ?? {})).toContain("syncedFolders");
      return Object(seen?.inputs.syncedFolders)["projects/one"];
    },
    remove: () => resource.delete("mini1/syncedFolders", inputs(), identity),
    sent: () => node.asked.filter(({ command }) => isPayload(command)),
  };
}

function isPayload(command: string): boolean {
  return command.includes("tar --extract");
}
