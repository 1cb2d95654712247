import type { Identity } from "./resource.ts";
import type { Observation, SettingNode } from "./settingNode.ts";
import { type Entries, type Json, pick } from "./settings/setting.ts";

/** Looks at the wanted keys and at those of the record, which may have more; refuses another stack's record. */
export async function observeOwned(
  node: SettingNode,
  wanted: Entries<Json>,
  identity: Identity,
): Promise<Observation> {
  const seen = await node.observe(wanted);
  const owner = seen.earlier?.stack;
  if (owner !== undefined && owner !== identity.stack) {
    throw node.error(
      `to be managed by stack ${identity.stack} alone`,
      `the record of stack ${owner}`,
      `destroy it there first (pulumi destroy --stack ${owner.split("/").at(-1)}), or leave the node to it`,
    );
  }
  const recorded = Object.keys(seen.earlier?.entries ?? {}).filter((key) => !(key in wanted));
  if (recorded.length === 0) return seen;
  return await node.observe({ ...pick(seen.earlier?.entries ?? {}, recorded), ...wanted });
}
