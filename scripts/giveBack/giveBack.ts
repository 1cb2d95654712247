import { z } from "zod";
import { type NodeRecord, readRecords } from "../../provider/nodeRecords.ts";
import { resourceTable } from "../../provider/provider.ts";
import type { Properties } from "../../provider/resource.ts";
import { settingToken } from "../../provider/settings/index.ts";
import { type Owner, ownerText, takeOverName } from "../../provider/stackIdentity.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { connectionSchema, firstContactSchema } from "../../provider/transport/connection.ts";
import { type EntryAction, recordedEntries } from "./recordedEntries.ts";

/** A record as it is shown: whose it is, and what becomes of each entry. */
export interface ShownRecord {
  setting: string;
  purpose?: string;
  owner: string;
  /** Id of that stack; version 0.1.0 wrote none. */
  id?: string | undefined;
  /** Whether it is what is asked for, or else left. */
  isOwn: boolean;
  entries: EntryAction[];
}

/** What to give back, and who is told. */
export interface GiveBackOptions {
  /** `node`, `connection` and `firstContact`, as a setting's resource takes them. */
  reached: Properties;
  /** The stack whose records are given back. */
  owner: Owner;
  /** A lost stack whose records are given back instead: its id, or `project/stack` where they have none. */
  takeOver?: string | undefined;
  /** Changes the node; otherwise it is only looked at. */
  isWanted: boolean;
  say(line: string): void;
}

const targetSchema = z.object({
  node: z.string(),
  connection: connectionSchema,
  firstContact: firstContactSchema.optional(),
});

/**
 * Puts a node back as its records say it was, setting by setting, by what the provider does at a delete.
 * @returns every record on the node, as it was before
 * @throws Error when there are records and none is the owner's, or when a setting cannot be put back
 */
export async function giveBack(options: GiveBackOptions): Promise<ShownRecord[]> {
  const { reached, isWanted, say } = options;
  const { node, connection, firstContact } = targetSchema.parse(reached);
  const target: Target = { name: node, connection, firstContact };
  const records = await readRecords(target);
  const shown = await Promise.all(records.map((record) => show(record, target, isAsked(record, options))));
  if (!isWanted) return shown;
  const own = records.filter((record) => isAsked(record, options));
  if (records.length > 0 && own.length === 0) throw notOurs(node, options, records);
  for (const record of own) {
    await giveBackOne(record, reached);
    const isLeft = (await readRecords(target)).some((one) => nameOf(one) === nameOf(record));
    say(`${node}: ${nameOf(record)} ${isLeft ? "is not all as it was: see above" : "is as it was"}`);
  }
  return shown;
}

function isAsked({ earlier }: NodeRecord, { owner, takeOver }: GiveBackOptions): boolean {
  if (takeOver !== undefined) return takeOverName(earlier) === takeOver;
  return earlier.id !== undefined && earlier.id === owner.id;
}

async function show(record: NodeRecord, target: Target, isOwn: boolean): Promise<ShownRecord> {
  const { setting, purpose, earlier } = record;
  const entries = await recordedEntries(record, target, inputsOf(record));
  const { stack: owner, id } = earlier;
  return { setting, ...(purpose !== undefined && { purpose }), owner, id, isOwn, entries };
}

async function giveBackOne(record: NodeRecord, reached: Properties): Promise<void> {
  const resource = resourceTable(async () => ({ inputs: reached, secrets: [] })).get(
    settingToken(record.setting),
  );
  const { setting, purpose, earlier } = record;
  const inputs = {
    ...{ ...reached, ...inputsOf(record) },
    ...(purpose !== undefined && { purpose }),
    ...(earlier.id !== undefined && { stackId: earlier.id }),
  };
  await resource?.delete(setting, inputs, { stack: earlier.stack, name: nameOf(record) });
}

/** What was wanted is lost with the state. The record has the entries' names; only the cluster's key is found by its mark. */
function inputsOf({ setting, earlier }: NodeRecord): Properties {
  if (setting !== "sshAccess") return {};
  const stack = earlier.stack.split("/").at(-1);
  return { sshAccess: { clusterKey: `ssh-ed25519 unknown minirack-${stack}`, nodeKey: "ed25519" } };
}

/** `files`, or `files/training` for one with a purpose. */
export function nameOf({ setting, purpose }: Pick<NodeRecord, "setting" | "purpose">): string {
  return purpose === undefined ? setting : `${setting}/${purpose}`;
}

function notOurs(node: string, { owner, takeOver }: GiveBackOptions, records: NodeRecord[]): Error {
  const owners = [...new Set(records.map(({ earlier }) => ownerText(earlier)))].join(", ");
  const names = [...new Set(records.map(({ earlier }) => takeOverName(earlier)))].join(" or ");
  return new Error(
    `node ${node}: expected records of ${takeOver ?? ownerText(owner)}, got those of ${owners}; ` +
      `destroy that stack, or, where its state is lost, give back what it had: --take-over ${names}`,
  );
}
