import { giveBack, type Stuck } from "./giveBack.ts";
import { inTurn } from "./inTurn.ts";
import { recordsOf } from "./nodeRecords.ts";
import { isOwn, type RecordOwner } from "./recordOwner.ts";
import { SettingNode } from "./settingNode.ts";
import { settingByKey } from "./settings/index.ts";

/**
 * Gives back what is left on a node before its way in is closed: what could not go back before, and what a first create that failed
 * has left, of which no state knows.
 * @throws NodeError where something cannot go back
 */
export async function giveBackTheRest(wayIn: SettingNode, owner: RecordOwner): Promise<void> {
  const records = await recordsOf(wayIn.target, (one) => isOwn(one, owner));
  const left: Stuck[] = [];
  for (const { setting, purpose } of records.filter((one) => one.setting !== wayIn.setting.key)) {
    const node = new SettingNode(settingByKey(setting), wayIn.target, purpose);
    const stuck = await inTurn(() => giveBack(node, {}, owner));
    left.push(
      ...stuck.map(({ key, reason }) => ({ key: `${setting} ${key} (${node.record}.json)`, reason })),
    );
  }
  expectNothingLeft(wayIn, left);
}

/** @throws NodeError where anything is left */
export function expectNothingLeft(wayIn: SettingNode, left: Stuck[]): void {
  if (left.length === 0) return;
  throw wayIn.error(
    "all to be as it was before the way in is closed",
    left.map(({ key, reason }) => `${key}: ${reason}`).join("\n"),
    "mend that on the node and run the command again; to leave it as it is, remove its record there first",
  );
}
