import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import { giveBack, warnOf } from "./giveBack.ts";
import { expectNothingLeft, giveBackTheRest } from "./giveBackTheRest.ts";
import { inTurn } from "./inTurn.ts";
import { makeTrue } from "./makeTrue.ts";
import { observeOwned } from "./observeOwned.ts";
import { idsOf, withoutUnknownId } from "./recordOwner.ts";
import type { Identity, Properties, ReadResult, Resource, ResourceRules } from "./resource.ts";
import { PartlyDone } from "./server/partlyDone.ts";
import { SettingNode } from "./settingNode.ts";
import { type Actual, type Entries, isSame, type Json, pick, type Setting } from "./settings/setting.ts";
import { connectionSchema, firstContactSchema } from "./transport/connection.ts";
import { errorText } from "./transport/errorText.ts";

/** Inputs of a resource, with the paths of the secret ones. */
export interface FoundInputs {
  inputs: Properties;
  secrets: string[][];
}

/** Finds what an import from the id alone needs: the inputs that the cluster file gives for it. */
export type FindInputs = (id: string, identity: Identity) => Promise<FoundInputs>;

/** A resource over any setting: what the engine asks, in terms of read, plan and the node's record. */
export function settingResource(setting: Setting, findInputs: FindInputs): Resource {
  const { inputs: rule } = settingRules(setting);
  const open = (properties: Properties) => openNode(setting, properties);
  return {
    outputs: Object.keys(setting.outputs ?? {}),
    replaces: (property) => property === "purpose",
    comparable: (inputs) =>
      withoutUnknownId({ ...inputs, [setting.key]: withOwnGroups(inputs[setting.key] ?? {}) }),
    check: (inputs) => checkInputs(rule, inputs),
    async create(inputs, identity) {
      const { node, entries } = open(inputs);
      const owner = { ...identity, ids: idsOf(inputs), isKnown: false };
      const id = idOf(setting, inputs);
      const made = inTurn(() => makeTrue(node, { wanted: entries, dropped: {} }, owner));
      const actual = await made.catch((error: unknown) => {
        throw node.isTouched ? partOf(setting, { id, inputs }, error) : error;
      });
      return { id, state: { ...inputs, ...stateOf(setting, actual, entries) } };
    },
    async read(id, inputs, state, identity) {
      if (inputs === undefined) return await adopt(setting, id, await findInputs(id, identity), identity);
      return await read(setting, { id, inputs, state });
    },
    async update(_id, { from, to, state }, identity) {
      const { node, entries } = open(to);
      const before = entriesOf(setting, from);
      const isWhole = setting.key in state && from.stackId === to.stackId;
      if (isWhole && isSame(before, entries)) return { ...state, ...to };
      const goal = { wanted: entries, dropped: without(before, entries) };
      const owner = { ...identity, ids: idsOf(to, from), isKnown: true };
      const actual = await inTurn(() => makeTrue(node, goal, owner));
      return { ...state, ...to, ...stateOf(setting, actual, entries) };
    },
    async delete(_id, inputs, identity) {
      const { node, entries } = open(inputs);
      const owner = { ...identity, ids: idsOf(inputs), isKnown: true };
      if (setting.isWayIn) await giveBackTheRest(node, owner);
      const stuck = await inTurn(() => giveBack(node, entries, owner));
      if (setting.isWayIn) expectNothingLeft(node, stuck);
      else await warnOf(node, stuck);
    },
  };
}

/** Version 0.1.0 wrote a user's own group as `rack:rack`, today's program as `rack:`: a state does not differ by that. */
function withOwnGroups(value: Json): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]): [string, Json] => {
    const isOwner = key === "owner" && typeof one === "string";
    return [key, isOwner ? one.replace(/^([^:]+):\1$/, "$1:") : withOwnGroups(one)];
  });
  return Object.fromEntries(entries);
}

/**
 * A create that failed when it had begun: the state keeps the resource, without entries, so that `destroy` undoes what is
 * there of it and the next `up` goes on.
 */
function partOf(
  { key }: Setting,
  { id, inputs }: { id: string; inputs: Properties },
  error: unknown,
): PartlyDone {
  const { [key]: _entries, ...state } = inputs;
  return new PartlyDone({ id, state, reasons: [errorText(error)] }, error);
}

/** What a setting's resource holds: its node, how that is reached, and its entries under its own name. */
export function settingRules(setting: Setting): ResourceRules {
  const { key, description, value, outputs = {} } = setting;
  const inputs = target.extend({ [key]: value.describe(description) });
  return { description, inputs, outputs: z.object(outputs) };
}

/** `mini1/packages`, or `mini1/files/training` for one with a purpose. */
function idOf(setting: Setting, inputs: Properties): string {
  return [inputs.node, setting.key, inputs.purpose].filter((part) => part !== undefined).join("/");
}

const target = z.object({
  node: z.string().min(1).describe("name of the node"),
  connection: connectionSchema.describe("how the node is reached"),
  stackId: z.string().optional().describe("whose the record on the node is: `stackId` of the cluster's key"),
  purpose: z
    .string()
    .optional()
    .describe("tells several resources of one setting on one node apart")
    .meta({ willReplaceOnChanges: true }),
  firstContact: firstContactSchema
    .optional()
    .describe("what lets us in before the cluster's key is on the node; `SshAccess` needs it"),
});

function openNode(setting: Setting, properties: Properties): { node: SettingNode; entries: Entries<Json> } {
  const { node: name, connection, purpose, firstContact } = target.parse(properties);
  const node = new SettingNode(setting, { name, connection, firstContact }, purpose);
  return { node, entries: entriesOf(setting, properties) };
}

function entriesOf(setting: Setting, properties: Properties): Record<string, Json> {
  return setting.value.parse(properties[setting.key] ?? {});
}

/** Keys of `before` that `after` no longer has, with their last values. */
function without(before: Record<string, Json>, after: Entries<Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(before).filter(([key]) => !(key in after)));
}

async function read(
  setting: Setting,
  { id, inputs, state }: { id: string; inputs: Properties; state: Properties },
): Promise<ReadResult | undefined> {
  const { node, entries } = openNode(setting, inputs);
  const { earlier, entries: actual, outputs } = await node.observe(entries);
  const found = present(actual);
  const isGone = earlier === undefined && Object.keys(found).length === 0 && Object.keys(entries).length > 0;
  if (isGone) return undefined;
  const now = { ...inputs, [setting.key]: found };
  return { id, inputs: now, state: { ...state, ...now, ...outputs } };
}

/** An import: the keys of the cluster file and those that the node's record says are ours, with what is true there. */
async function adopt(
  setting: Setting,
  id: string,
  { inputs, secrets }: FoundInputs,
  identity: Identity,
): Promise<ReadResult | undefined> {
  const { node, entries } = openNode(setting, inputs);
  const owner = { ...identity, ids: idsOf(inputs), isKnown: false };
  const { earlier, entries: actual, outputs } = await observeOwned(node, entries, owner);
  const found = present(actual);
  if (earlier === undefined && Object.keys(found).length === 0) return undefined;
  const now = { ...inputs, [setting.key]: found };
  // of what the file does not name nobody knows whether it is secret
  const unnamed = Object.keys(found).filter((key) => !(key in entries));
  const hidden = [...secrets, ...unnamed.map((key) => [setting.key, key])];
  return { id, inputs: now, state: { ...now, ...outputs }, secrets: hidden };
}

function stateOf(setting: Setting, { entries, outputs }: Actual, wanted: Entries<Json>): Properties {
  return { [setting.key]: present(pick(entries, Object.keys(wanted))), ...outputs };
}

function present(entries: Entries<Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== null),
  );
}
