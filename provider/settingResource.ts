import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import { deliver } from "./deliver.ts";
import { type EarlierState, forgetEarlierState, remember, writeEarlierState } from "./earlierState.ts";
import { partOf } from "./failedCreate.ts";
import { foreignRecord, idsOf, isOwn, ownerOf, type RecordOwner, withoutUnknownId } from "./recordOwner.ts";
import type { Identity, Properties, ReadResult, Resource, ResourceRules } from "./resource.ts";
import { type Observation, RecordChanged, SettingNode } from "./settingNode.ts";
import { differing, type Entries, isSame, type Json, type Setting } from "./settings/setting.ts";
import { isTakenOver } from "./stackIdentity.ts";
import { connectionSchema, firstContactSchema } from "./transport/connection.ts";

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
      const state = await inTurn(() => makeTrue(node, { wanted: entries, dropped: {} }, owner)).catch(
        (error: unknown) => {
          throw node.isTouched ? partOf(setting, { id, inputs }, error) : error;
        },
      );
      return { id, state: { ...inputs, ...state } };
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
      const changed = await inTurn(() => makeTrue(node, goal, owner));
      return { ...state, ...to, ...changed };
    },
    async delete(_id, inputs, identity) {
      const { node, entries } = open(inputs);
      const owner = { ...identity, ids: idsOf(inputs), isKnown: true };
      await inTurn(() => giveBack(node, entries, owner));
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

/** Looks and plans anew as often as another process, with another controller behind it, has changed the record meanwhile. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RecordChanged) || turn === 20) throw error;
    }
  }
}

/** Read, plan, run, read again. What is no longer wanted goes back to its earlier state. */
async function makeTrue(
  node: SettingNode,
  { wanted, dropped }: { wanted: Entries<Json>; dropped: Entries<Json> },
  owner: RecordOwner,
): Promise<Properties> {
  const { setting } = node;
  const seen = await observeOwned(node, { ...dropped, ...wanted }, owner);
  const earlier = { ...remember(seen.earlier ?? newRecord(node, owner), seen.entries), ...ownerOf(owner) };
  const surplus = Object.keys(earlier.entries).filter((key) => !(key in wanted));
  const goal: Entries<Json> = { ...pick(earlier.entries, surplus), ...wanted };
  const steps = setting.linux.plan(seen.entries, goal, surplus);
  const kept: EarlierState = { ...earlier, entries: pick(earlier.entries, Object.keys(wanted)) };
  const isDone = steps.length === 0 && isSame(seen.earlier ?? null, kept);
  const finish = surplus.length > 0 ? [writeEarlierState(node.record, kept), "unmake"] : [];
  const { timeoutSeconds } = owner;
  const deliveries = setting.linux.deliveries?.(seen.entries, goal) ?? [];
  const begun = isDone ? seen : await deliver(node, deliveries, { seen, earlier, timeoutSeconds });
  const fresh = Object.keys(earlier.entries).filter((key) => !(key in (seen.earlier?.entries ?? {})));
  const prepared = setting.linux.prepare?.(seen.entries, wanted, fresh) ?? [];
  const remembered = [...prepared, writeEarlierState(node.record, earlier), ...steps];
  const change = { seen: begun, timeoutSeconds, steps: remembered, finish };
  const actual = isDone ? seen : await node.apply(change, goal);
  expectWanted(node, actual.entries, wanted);
  return { [setting.key]: present(pick(actual.entries, Object.keys(wanted))), ...actual.outputs };
}

/**
 * Puts back what was there before us, and forgets the record. Without one nothing is to be put back; a try that was cut
 * just after it forgot the record may have left folders that we made.
 */
async function giveBack(node: SettingNode, entries: Entries<Json>, owner: RecordOwner): Promise<void> {
  const seen = await observeOwned(node, entries, owner);
  const { timeoutSeconds } = owner;
  if (seen.earlier === undefined)
    return void (await node.type({ seen, timeoutSeconds, steps: [], finish: ["unmake"] }, ""));
  const goal = seen.earlier.entries;
  const steps = node.setting.linux.plan(seen.entries, goal, Object.keys(goal));
  await node.apply({ seen, timeoutSeconds, steps, finish: forgetEarlierState(node.record) }, goal);
}

/** Looks at the wanted keys and at those of the record, which may have more; refuses another stack's record. */
async function observeOwned(
  node: SettingNode,
  wanted: Entries<Json>,
  owner: RecordOwner,
): Promise<Observation> {
  const seen = await node.observe(wanted);
  const { earlier } = seen;
  if (earlier === undefined) return seen;
  if (!isOwn(earlier, owner)) {
    if (!isTakenOver(earlier)) throw foreignRecord(node, earlier, owner);
    const steps = [writeEarlierState(node.record, { ...earlier, ...ownerOf(owner) })];
    await node.type({ seen, steps, finish: [] }, "");
    return await observeOwned(node, wanted, owner);
  }
  const recorded = Object.keys(earlier.entries).filter((key) => !(key in wanted));
  return recorded.length === 0 ? seen : await node.observe({ ...pick(earlier.entries, recorded), ...wanted });
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

function newRecord(node: SettingNode, owner: RecordOwner): EarlierState {
  return { version: 1, ...ownerOf(owner), node: node.name, setting: node.setting.key, entries: {} };
}

function expectWanted(node: SettingNode, actual: Entries<Json>, wanted: Entries<Json>): void {
  const [key] = differing(actual, wanted);
  if (key === undefined) return;
  throw node.error(
    `${key} to be ${JSON.stringify(wanted[key])} after the change`,
    JSON.stringify(actual[key] ?? null),
    node.setting.linux.remedy?.(wanted[key] ?? null) ??
      "something on the node undoes it; look there for another tool that manages it",
  );
}

function pick(entries: Entries<Json>, keys: string[]): Entries<Json> {
  return Object.fromEntries(keys.map((key) => [key, entries[key] ?? null]));
}

function present(entries: Entries<Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== null),
  );
}
