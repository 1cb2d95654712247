import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Properties } from "../../provider/resource.ts";
import { settingResource } from "../../provider/settingResource.ts";
import { settingByKey } from "../../provider/settings/index.ts";
import type { OperatingSystem } from "../../provider/settings/setting.ts";
import { nodeSandbox } from "./nodeSandbox.ts";
import { type Asked, scriptedNode } from "./scriptedNode.ts";

const record = z.object({ entries: z.record(z.string(), z.json()) }).loose();

/** A node on which the setting `files` is real, in a folder of its own; `plan` replaces what it would type. */
export async function provisionedNode(
  given: { plan?: OperatingSystem<never>["plan"]; lockIsHeld?: boolean; beforeChange?: () => void } = {},
) {
  const sandbox = nodeSandbox();
  const held = { code: 75, stdout: "", stderr: "" };
  const node = await scriptedNode({
    react: ({ command, stdin }) => {
      const isChange = command.includes("flock");
      if (isChange) given.beforeChange?.();
      return given.lockIsHeld && isChange ? held : sandbox.run(command, stdin);
    },
  });
  const path = (name: string) => join(sandbox.root, name);
  const file = (content: string, owner = sandbox.owner) => ({ content, mode: "0644", owner });
  const inputs = (contents: Record<string, string>, owner?: string): Properties => ({
    node: "mini1",
    connection: node.target().connection,
    files: Object.fromEntries(
      Object.entries(contents).map(([name, text]) => [path(name), file(text, owner)]),
    ),
  });
  const files = settingByKey("files");
  const setting = { ...files, linux: { ...files.linux, ...(given.plan && { plan: given.plan }) } };
  const recordPath = join(sandbox.records, "files.json");
  return {
    resource: settingResource(setting, async () => ({ inputs: inputs({ imported: "wanted" }), secrets: [] })),
    node,
    runs: ({ command, stdin }: Pick<Asked, "command" | "stdin">) => sandbox.run(command, stdin),
    path,
    file,
    inputs,
    recordPath,
    records: sandbox.records,
    record: () => record.parse(JSON.parse(readFileSync(recordPath, "utf8"))),
    read: (one: string) => readFileSync(one, "utf8"),
  };
}
