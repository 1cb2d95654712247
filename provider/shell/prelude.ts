import { sourceFile } from "./sourceFile.ts";

const parts = [
  "core",
  "hands",
  "originals",
  "leftovers",
  "forwarding",
  "apt",
  "links",
  "networkd",
  "netplan",
  "networkManager",
  "names",
  "ssh",
  "python",
  "pythonBuild",
  "pythonProject",
  "folders",
  "folderChanges",
  "services",
  "accounts",
  "sysctl",
  "limits",
  "linkTraffic",
  "swap",
];

/** The shell functions that every script on a node may use, from `prelude/`. */
export const prelude = parts.map((part) => sourceFile(`provider/shell/prelude/${part}.sh`)).join("\n");
