import { deliver } from "./deliver.ts";
import { type EarlierState, remember, writeEarlierState } from "./earlierState.ts";
import { expectWanted } from "./expectWanted.ts";
import { expectChanged, finish, isStuck, oneByOne, type Stuck, warnOf } from "./giveBack.ts";
import { observeOwned } from "./observeOwned.ts";
import { ownerOf, type RecordOwner } from "./recordOwner.ts";
import type { Changed, Observation, SettingNode } from "./settingNode.ts";
import { type Actual, type Entries, isSame, type Json, pick } from "./settings/setting.ts";

/** What is to be true, and the last values of what no longer is. */
interface Goal {
  wanted: Entries<Json>;
  dropped: Entries<Json>;
}

/** A change as it is about to be made. */
interface Begun {
  seen: Observation;
  /** The record as it is while the change is made, and after it. */
  earlier: EarlierState;
  kept: EarlierState;
  wanted: Entries<Json>;
  /** Keys that go back to their earlier state. */
  surplus: string[];
  timeoutSeconds: number | undefined;
}

/**
 * Read, plan, run, read again. What is no longer wanted goes back to its earlier state; where an entry cannot, the user is warned, it
 * stays in the record, and the rest is done without it.
 * @param stuck what cannot go back, from a try before
 */
export async function makeTrue(
  node: SettingNode,
  goal: Goal,
  owner: RecordOwner,
  stuck?: Stuck[],
): Promise<Actual> {
  const { wanted, dropped } = goal;
  const seen = await observeOwned(node, { ...dropped, ...wanted }, owner);
  const earlier = { ...remember(seen.earlier ?? newRecord(node, owner), seen.entries), ...ownerOf(owner) };
  const staying = [...Object.keys(wanted), ...(stuck ?? []).map(({ key }) => key)];
  const surplus = Object.keys(earlier.entries).filter((key) => !staying.includes(key));
  const recorded = staying.filter((key) => key in earlier.entries);
  const kept = { ...earlier, entries: pick(earlier.entries, recorded) };
  const { timeoutSeconds } = owner;
  try {
    return await change(node, { seen, earlier, kept, wanted, surplus, timeoutSeconds });
  } catch (error) {
    if (surplus.length === 0 || stuck !== undefined || !isStuck(error)) throw error;
  }
  const left = await oneByOne(node, pick(earlier.entries, surplus), owner, wanted);
  await warnOf(node, left);
  return await makeTrue(node, goal, owner, left);
}

async function change(node: SettingNode, begun: Begun): Promise<Actual> {
  const { seen, earlier, kept, wanted, surplus, timeoutSeconds } = begun;
  const { plan, prepare, deliveries } = node.setting.linux;
  const goal: Entries<Json> = { ...pick(earlier.entries, surplus), ...wanted };
  const steps = plan(seen.entries, goal, surplus);
  if (steps.length === 0 && isSame(seen.earlier ?? null, kept)) return seen;
  const brought = deliveries?.(seen.entries, goal) ?? [];
  const now = await deliver(node, brought, { seen, earlier, timeoutSeconds });
  const fresh = Object.keys(earlier.entries).filter((key) => !(key in (seen.earlier?.entries ?? {})));
  const prepared = prepare?.(seen.entries, wanted, fresh) ?? [];
  const remembered = [...prepared, writeEarlierState(node.record, earlier), ...steps];
  const done = await node.apply({ seen: now, timeoutSeconds, steps: remembered }, goal);
  if (surplus.length > 0) await forgetSurplus(node, done, begun);
  return await expectWanted(node, done, wanted);
}

async function forgetSurplus(node: SettingNode, done: Changed, { seen, earlier, kept, surplus }: Begun) {
  expectChanged(node, { before: seen.entries, done }, pick(earlier.entries, surplus));
  await finish(node, done, [writeEarlierState(node.record, kept), "unmake"]);
}

function newRecord(node: SettingNode, owner: RecordOwner): EarlierState {
  return { version: 1, ...ownerOf(owner), node: node.name, setting: node.setting.key, entries: {} };
}
