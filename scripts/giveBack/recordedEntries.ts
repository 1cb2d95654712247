import type { NodeRecord } from "../../provider/nodeRecords.ts";
import type { Properties } from "../../provider/resource.ts";
import { SettingNode } from "../../provider/settingNode.ts";
import { settingByKey } from "../../provider/settings/index.ts";
import { isSame, type Json } from "../../provider/settings/setting.ts";
import type { Target } from "../../provider/transport/connect.ts";

/** What giving back does to one entry. */
export interface EntryAction {
  entry: string;
  action: "remove" | "put back" | "nothing";
}

/** What would be done to each entry of a record. Contents are never told: they may be secret. */
export async function recordedEntries(
  record: NodeRecord,
  target: Target,
  inputs: Properties,
): Promise<EntryAction[]> {
  const setting = settingByKey(record.setting);
  const node = new SettingNode(setting, target, record.purpose);
  const { entries: earlier } = record.earlier;
  const { entries } = await node.observe({ ...earlier, ...setting.value.parse(inputs[setting.key] ?? {}) });
  return Object.keys(earlier).map((entry) => ({
    entry,
    action: actionOf(entries[entry] ?? null, earlier[entry] ?? null),
  }));
}

function actionOf(actual: Json, earlier: Json): EntryAction["action"] {
  if (isSame(actual, earlier)) return "nothing";
  return earlier === null ? "remove" : "put back";
}
