import type { SettingModel } from "../../support/settingModel.ts";
import { model as accounts } from "./accounts/model.ts";
import { model as caCertificates } from "./caCertificates/model.ts";
import { model as files } from "./files/model.ts";
import { model as limits } from "./limits/model.ts";
import { model as linkAddress } from "./linkAddress/model.ts";
import { model as names } from "./names/model.ts";
import { model as packages } from "./packages/model.ts";
import { model as peers } from "./peers/model.ts";
import { model as pythonEnvironment } from "./pythonEnvironment/model.ts";
import { model as services } from "./services/model.ts";
import { model as sshAccess } from "./sshAccess/model.ts";
import { model as swapGb } from "./swapGb/model.ts";
import { model as syncedFolders } from "./syncedFolders/model.ts";
import { model as sysctl } from "./sysctl/model.ts";

/** Setting → its model. */
export const models: Record<string, SettingModel> = {
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
