import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { fileAbove, fileNode } from "../../support/nodeProgram.ts";
import { testFolder } from "../../support/testLab.ts";
import type { VmLab } from "../../support/vmLab.ts";

/** Settings whose moments a cut is chosen from. */
export const cutSettings = ["accounts", "files", "packages", "sysctl", "linkAddress"];

/** Writes a cluster file with every kind of step that takes seconds. @returns its path */
export async function writeClusterFile(lab: VmLab): Promise<string> {
  const file = join(testFolder, `${lab.stack}-cluster.yaml`);
  const cluster = {
    ...fileAbove(lab),
    packages: ["jq"],
    files: { "/etc/motd": { content: "minirack\n" }, "/srv/notes/readme.txt": { content: "notes\n" } },
    groups: { quant: {} },
    users: { ada: { groups: ["quant"], shell: "/bin/bash" } },
    folders: { "/srv/results/": { mode: "2775", owner: "ada:quant" } },
    sysctl: { "net.core.somaxconn": 4096, "vm.swappiness": 10 },
    nodes: [{ ...fileNode(lab, "vm1"), linkAddress: { eth1: lab.linkAddressOf("vm1") } }],
  };
  await writeFile(file, stringify(cluster));
  return file;
}
