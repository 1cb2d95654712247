import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { resourceTable } from "../../provider/provider.ts";
import type { Properties } from "../../provider/resource.ts";
import { SettingNode } from "../../provider/settingNode.ts";
import { settingByKey, settingToken } from "../../provider/settings/index.ts";
import {
  type Connection,
  connectionSchema,
  firstContactSchema,
} from "../../provider/transport/connection.ts";
import { scanHostKey } from "../../provider/transport/hostKey.ts";
import { nodeNames, type TestLab } from "./testLab.ts";

const identity = { stack: "minirack/faults", name: "faults" };

/** A setting on a lab node, created and deleted as the provider does it, without an engine. */
export interface LabSettings {
  create(node: string, setting: string, entries: Properties): Promise<void>;
  /** The entries as they are now; undefined where nothing of it is there. */
  read(node: string, setting: string, entries: Properties): Promise<Properties | undefined>;
  delete(node: string, setting: string, entries: Properties): Promise<void>;
  /** Types commands as root, as a change does. */
  type(node: string, commands: string[]): Promise<void>;
  /** The same, over a connection that differs. */
  over(changes: Partial<Connection>): LabSettings;
}

/** Every node's host key is pinned now, while all is well. */
export async function labSettings(lab: TestLab): Promise<LabSettings> {
  const table = resourceTable(async (id) => {
    throw new Error(`expected no import here, got ${id}`);
  });
  const keys = await Promise.all(
    nodeNames.map(async (node) => {
      return [node, await scanHostKey({ node, host: "127.0.0.1", port: lab.portOf(node) })] as const;
    }),
  );
  const hostKeys = new Map(keys);
  const resource = (setting: string) => {
    const found = table.get(settingToken(setting));
    if (found === undefined) throw new Error(`expected a setting, got ${setting}`);
    return found;
  };
  const over = (changes: Partial<Connection>): LabSettings => {
    const inputs = (node: string, setting: string, entries: Properties) => ({
      ...reached(lab, node, { hostKey: hostKeys.get(node) ?? "", ...changes }),
      [setting]: entries,
    });
    return {
      create: async (node, setting, entries) => {
        await resource(setting).create(inputs(node, setting, entries), identity);
      },
      read: async (node, setting, entries) => {
        const given = inputs(node, setting, entries);
        const found = await resource(setting).read(`${node}/${setting}`, given, given, identity);
        return found && entriesSchema.parse(found.inputs[setting]);
      },
      delete: (node, setting, entries) =>
        resource(setting).delete(`${node}/${setting}`, inputs(node, setting, entries), identity),
      type: async (node, steps) => {
        const { connection, firstContact } = targetSchema.parse(inputs(node, "files", {}));
        const target = { name: node, connection, firstContact };
        const opened = new SettingNode(settingByKey("files"), target);
        await opened.apply({ seen: await opened.observe({}), steps, finish: ["unmake"] }, {});
      },
      over,
    };
  };
  return over({});
}

const entriesSchema = z.record(z.string(), z.json());
const targetSchema = z.object({ connection: connectionSchema, firstContact: firstContactSchema.optional() });

function reached(lab: TestLab, node: string, changes: Partial<Connection>): Properties {
  const password = readFileSync(join(lab.folder, "password"), "utf8").trim();
  return {
    node,
    connection: {
      host: "127.0.0.1",
      port: lab.portOf(node),
      user: "rack",
      identityFile: join(lab.folder, "id_ed25519"),
      ...(node === "mini2" && { sudoPassword: password }),
      ...changes,
    },
    ...(node === "mini3" && { firstContact: { password } }),
  };
}
