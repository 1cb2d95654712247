import { bearingFaults } from "./bearingFaults.ts";
import { clusterKey } from "./clusterKey.ts";
import { hostKey } from "./hostKey.ts";
import { links } from "./links.ts";
import { mpiExchange } from "./mpi/mpiExchange.ts";
import type { Resource } from "./resource.ts";
import { type FindInputs, settingResource } from "./settingResource.ts";
import { settings, settingToken } from "./settings/index.ts";

/** Which resource answers for a token. */
export type ResourceTable = ReadonlyMap<string, Resource>;

/** Every resource of this provider by its token. */
export function resourceTable(findInputs: FindInputs): ResourceTable {
  return new Map<string, Resource>([
    ["minirack:cluster:Key", clusterKey],
    ["minirack:cluster:Links", links],
    ["minirack:cluster:MpiExchange", mpiExchange],
    ["minirack:node:HostKey", hostKey],
    ...settings.map((setting) => {
      const resource = bearingFaults(setting, settingResource(setting, findInputs));
      return [settingToken(setting.key), resource] as const;
    }),
  ]);
}
