import { labCase as accounts } from "./cases/accounts.ts";
import { labCase as caCertificates } from "./cases/caCertificates.ts";
import { labCase as files } from "./cases/files.ts";
import { labCase as limits } from "./cases/limits.ts";
import { labCase as linkAddress } from "./cases/linkAddress.ts";
import { labCase as names } from "./cases/names.ts";
import { labCase as packages } from "./cases/packages.ts";
import { labCase as peers } from "./cases/peers.ts";
import { labCase as pythonEnvironment } from "./cases/pythonEnvironment.ts";
import { labCase as services } from "./cases/services.ts";
import { labCase as sshAccess } from "./cases/sshAccess.ts";
import { labCase as swapGb } from "./cases/swapGb.ts";
import { labCase as syncedFolders } from "./cases/syncedFolders.ts";
import { labCase as sysctl } from "./cases/sysctl.ts";
import { isTested } from "./cycleLab.ts";
import type { Drift, LabCase } from "./labCase.ts";

/** Setting → its case; every setting has one. */
export const labCases: Record<string, LabCase> = {
  accounts,
  caCertificates,
  files,
  limits,
  linkAddress,
  names,
  packages,
  peers,
  pythonEnvironment,
  services,
  sshAccess,
  syncedFolders,
  swapGb,
  sysctl,
};

/** Files of a purpose, as a runner has them; their change by hand. */
const notes: Drift = {
  script: "echo three >> /opt/notes/today.txt",
  told: 'files["/opt/notes/today.txt"].content',
};

/** Resource (`packages`, `files/notes`) → its change by hand. */
export const drifts: Record<string, Drift> = {
  ...Object.fromEntries(Object.entries(labCases).map(([key, { drift }]) => [key, drift])),
  "files/notes": notes,
};

/** Whether a node has the resource. */
export function isOn(node: string, resource: string): boolean {
  const onlyOn = labCases[resource]?.onlyOn;
  return isTested(resource.split("/")[0] ?? "") && (onlyOn === undefined || onlyOn === node);
}
