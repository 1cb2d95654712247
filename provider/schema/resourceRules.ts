import { clusterKeyRules } from "../clusterKey.ts";
import { hostKeyRules } from "../hostKey.ts";
import { linksRules } from "../links.ts";
import { mpiExchangeRules } from "../mpi/mpiExchange.ts";
import type { ResourceRules } from "../resource.ts";
import { settingRules } from "../settingResource.ts";
import { settings, settingToken } from "../settings/index.ts";

/** What every resource of this provider holds, by its token; a test sees that none is missing. */
export const resourceRules: ReadonlyMap<string, ResourceRules> = new Map([
  ["minirack:cluster:Key", clusterKeyRules],
  ["minirack:node:HostKey", hostKeyRules],
  ...settings.map((setting) => [settingToken(setting.key), settingRules(setting)] as const),
  ["minirack:cluster:Links", linksRules],
  ["minirack:cluster:MpiExchange", mpiExchangeRules],
]);
