import { accounts } from "./accounts.ts";
import { caCertificates } from "./caCertificates.ts";
import { files } from "./files.ts";
import { limits } from "./limits.ts";
import { linkAddress } from "./linkAddress.ts";
import { names } from "./names.ts";
import { packages } from "./packages.ts";
import { peers } from "./peers.ts";
import { pythonEnvironment } from "./pythonEnvironment.ts";
import { services } from "./services.ts";
import type { Setting } from "./setting.ts";
import { sshAccess } from "./sshAccess.ts";
import { swapGb } from "./swapGb.ts";
import { syncedFolders } from "./syncedFolders.ts";
import { sysctl } from "./sysctl.ts";

/** Every setting there is. To add one: its file, a line here, its five cases. */
export const settings: readonly Setting[] = [
  sshAccess,
  linkAddress,
  packages,
  accounts,
  caCertificates,
  syncedFolders,
  pythonEnvironment,
  sysctl,
  limits,
  swapGb,
  names,
  files,
  services,
  peers,
];

/** Token of a setting's resource: `linkAddress` → `minirack:node:LinkAddress`. */
export function settingToken(key: string): string {
  return `minirack:node:${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** The setting with this key, or an error that names those there are. */
export function settingByKey(key: string): Setting {
  const found = settings.find((setting) => setting.key === key);
  if (found !== undefined) return found;
  throw new Error(`expected a setting (${settings.map((one) => one.key).join(", ")}), got "${key}"`);
}
