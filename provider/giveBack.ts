import { forgetEarlierState, writeEarlierState } from "./earlierState.ts";
import { observeOwned, observeWithRecord } from "./observeOwned.ts";
import type { RecordOwner } from "./recordOwner.ts";
import type { Identity } from "./resource.ts";
import { warn } from "./server/engineLog.ts";
import { type Changed, type Observation, RecordChanged, type SettingNode } from "./settingNode.ts";
import { differing, type Entries, isSame, type Json, pick } from "./settings/setting.ts";
import type { Command } from "./shell/command.ts";
import { errorText } from "./transport/errorText.ts";
import { Busy, Cancelled, LostConnection, NodeError, Unreachable } from "./transport/nodeError.ts";

/** An entry that cannot go back to what it was, and why. */
export interface Stuck {
  key: string;
  reason: string;
}

/**
 * Puts back what was there before us, and forgets the record. What cannot go back keeps nothing else from it: it alone stays in the
 * record. Without a record nothing is to be put back; a try that was cut just after it forgot the record may have left folders that
 * we made.
 * @returns what could not go back
 */
export async function giveBack(
  node: SettingNode,
  entries: Entries<Json>,
  owner: RecordOwner,
): Promise<Stuck[]> {
  const whole = await observeOwned(node, entries, owner).catch((error: unknown) => {
    if (!isStuck(error)) throw error;
  });
  const seen = whole ?? (await observeWithRecord(node, {}, owner));
  const { earlier } = seen;
  const { timeoutSeconds } = owner;
  if (earlier === undefined) {
    await node.type({ seen, timeoutSeconds, steps: [], finish: ["unmake"] }, "");
    return [];
  }
  const goal = earlier.entries;
  if (whole !== undefined) {
    try {
      const done = await putBack(node, whole, { goal, keys: Object.keys(goal) }, owner);
      await finish(node, done, forgetEarlierState(node.record));
      return [];
    } catch (error) {
      if (!isStuck(error)) throw error;
    }
  }
  const unread = whole === undefined ? await unreadable(node, goal) : [];
  const readable = pick(goal, keysWithout(goal, unread));
  const left = [...unread, ...(await oneByOne(node, readable, owner))];
  const stuck = left.map(({ key }) => key);
  const kept = writeEarlierState(node.record, { ...earlier, entries: pick(goal, stuck) });
  await finish(node, await node.observe({}), stuck.length > 0 ? [kept] : forgetEarlierState(node.record));
  return left;
}

/** Entries in whose place something stands that they cannot be read of: a link where a folder was. */
async function unreadable(node: SettingNode, goal: Entries<Json>): Promise<Stuck[]> {
  const all = Object.keys(goal).map(async (key) => {
    const reason = await whyStuck(async () => void (await node.observe(pick(goal, [key]))));
    return reason === undefined ? [] : [{ key, reason }];
  });
  return (await Promise.all(all)).flat();
}

function keysWithout(entries: Entries<Json>, stuck: Stuck[]): string[] {
  return Object.keys(entries).filter((key) => !stuck.some((one) => one.key === key));
}

/**
 * Puts back each entry by itself, as often as that brings any further: one may be in another's way.
 * @param beside keys of the setting that stay as they are
 */
export async function oneByOne(
  node: SettingNode,
  goal: Entries<Json>,
  identity: Identity,
  beside: Entries<Json> = {},
): Promise<Stuck[]> {
  let keys = Object.keys(goal);
  for (;;) {
    const left: Stuck[] = [];
    for (const key of keys) {
      const reason = await whyStuck(async () => {
        const seen = await node.observe({ ...beside, ...goal });
        await putBack(node, seen, { goal, keys: [key] }, identity);
      });
      if (reason !== undefined) left.push({ key, reason });
    }
    if (left.length === 0 || left.length === keys.length) return left;
    keys = left.map(({ key }) => key);
  }
}

/** Puts back some keys; the others that were seen stay as they are. */
async function putBack(
  node: SettingNode,
  seen: Observation,
  { goal, keys }: { goal: Entries<Json>; keys: string[] },
  { timeoutSeconds }: Identity,
): Promise<Observation> {
  const all = { ...seen.entries, ...pick(goal, keys) };
  const steps = node.setting.linux.plan(seen.entries, all, keys);
  if (steps.length === 0) return seen;
  const done = await node.apply({ seen, timeoutSeconds, steps }, all);
  expectChanged(node, { before: seen.entries, done }, pick(goal, keys));
  return done;
}

/**
 * Reads what the node shows after things went back: a step that did nothing is no step, whatever its exit code.
 * @throws NodeError where an entry is as it was before the steps, unless the node has told the user what stays
 */
export function expectChanged(
  node: SettingNode,
  { before, done }: { before: Entries<Json>; done: Changed },
  goal: Entries<Json>,
): void {
  if (done.hasTold) return;
  const isAsBefore = (key: string) =>
    done.entries[key] != null && isSame(before[key] ?? null, done.entries[key]);
  const key = differing(done.entries, goal).find(isAsBefore);
  if (key === undefined) return;
  const remedy = "see what on the node keeps it";
  throw node.error(`${key} to be as it was before minirack`, "no change of it, without an error", remedy);
}

async function whyStuck(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isStuck(error)) throw error;
    return error instanceof NodeError ? wordsOf(error) : errorText(error);
  }
}

function wordsOf({ failure: { expected, found, remedy } }: NodeError): string {
  return expected.startsWith("to ")
    ? `${found} where minirack tried ${expected}`
    : `${found} where minirack expected ${expected} (${remedy})`;
}

/** What follows a change that was read back. */
export async function finish(node: SettingNode, { stamp }: Observation, commands: Command[]): Promise<void> {
  await node.type({ seen: { stamp }, steps: [], finish: commands }, "");
}

/** Whether an error is about what was to be done: not about the way to the node, a lock, or somebody else's turn. */
export function isStuck(error: unknown): boolean {
  const others = [LostConnection, Unreachable, Cancelled, Busy, RecordChanged];
  return !others.some((one) => error instanceof one);
}

/** Shows the user what could not go back. */
export async function warnOf(node: SettingNode, left: Stuck[]): Promise<void> {
  for (const { key, reason } of left) {
    const remedy = `mend that on the node; it stays in ${node.record}.json, and destroy tries it again`;
    await warn(node.error(`${key} to go back to what it was`, reason, remedy).message);
  }
}
