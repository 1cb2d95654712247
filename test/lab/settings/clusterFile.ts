import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { root } from "../../../scripts/lab/labStack.ts";
import { nodeNames, type TestLab, testFolder } from "../../support/testLab.ts";

/** What every node has, one small thing of each kind. */
const shared = {
  user: "rack",
  packages: ["tmux", "jq"],
  files: {
    "/etc/motd": { content: "This node is part of a minirack cluster.\n" },
    "/srv/minirack/notes/readme.txt": { content: "quotes ' and \" and $HOME, ünïcode\n", mode: "0640" },
  },
  caCertificates: { lab: { file: join(root, "test/lab/labCa.crt") } },
  pythonEnvironment: { small: { requirements: ["six==1.17.0"] } },
};

/** Writes the cluster file of a test lab, in which every node has every setting; returns its path. */
export async function writeClusterFile(lab: TestLab): Promise<string> {
  const password = { file: join(lab.folder, "password") };
  const byKey = { identityFile: join(lab.folder, "id_ed25519") };
  const nodes = nodeNames.map((name) => ({
    name,
    host: "127.0.0.1",
    port: lab.portOf(name),
    linkAddress: { eth1: lab.linkAddressOf(name) },
    firstContact: name === "mini3" ? { password } : byKey,
    ...(name === "mini2" && { sudoPassword: password }),
  }));
  const file = join(testFolder, `${lab.stack}-cluster.yaml`);
  const identityFile = join(testFolder, `${lab.stack}-key`);
  await writeFile(file, stringify({ ...shared, identityFile, nodes }, { aliasDuplicateObjects: false }));
  return file;
}
