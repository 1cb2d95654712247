import { readFileSync } from "node:fs";

const parts = [
  "core",
  "leftovers",
  "apt",
  "links",
  "networkd",
  "netplan",
  "networkManager",
  "names",
  "ssh",
  "python",
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
export const prelude = parts
  .map((part) => readFileSync(new URL(`prelude/${part}.sh`, import.meta.url), "utf8"))
  .join("\n");
