import { writeEarlierState } from "./earlierState.ts";
import { foreignRecord, isOwn, ownerOf, type RecordOwner } from "./recordOwner.ts";
import type { Observation, SettingNode } from "./settingNode.ts";
import { type Entries, type Json, pick } from "./settings/setting.ts";
import { isTakenOver } from "./stackIdentity.ts";

/** Looks at the wanted keys and at those of the record, which may have more; refuses another stack's record. */
export async function observeOwned(
  node: SettingNode,
  wanted: Entries<Json>,
  owner: RecordOwner,
): Promise<Observation> {
  const seen = await observeWithRecord(node, wanted, owner);
  const { earlier } = seen;
  if (earlier === undefined) return seen;
  const recorded = Object.keys(earlier.entries).filter((key) => !(key in wanted));
  return recorded.length === 0 ? seen : await node.observe({ ...pick(earlier.entries, recorded), ...wanted });
}

/** Looks at the wanted keys alone; refuses another stack's record. */
export async function observeWithRecord(
  node: SettingNode,
  wanted: Entries<Json>,
  owner: RecordOwner,
): Promise<Observation> {
  const seen = await node.observe(wanted);
  const { earlier } = seen;
  if (earlier === undefined || isOwn(earlier, owner)) return seen;
  if (!isTakenOver(earlier)) throw foreignRecord(node, earlier, owner);
  await node.type({ seen, steps: [writeEarlierState(node.record, { ...earlier, ...ownerOf(owner) })] }, "");
  return await observeWithRecord(node, wanted, owner);
}
