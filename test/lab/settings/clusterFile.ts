import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { nodeNames, type TestLab, testFolder } from "../../support/testLab.ts";
import { isOn, labCases } from "./labCases.ts";

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
    ...declaredOn(name),
  }));
  const file = join(testFolder, `${lab.stack}-cluster.yaml`);
  const identityFile = join(testFolder, `${lab.stack}-key`);
  await writeFile(file, stringify({ user: "rack", identityFile, nodes }, { aliasDuplicateObjects: false }));
  return file;
}

/** What the cases want of a node. */
function declaredOn(node: string): Record<string, unknown> {
  const own = Object.entries(labCases).filter(([key]) => isOn(node, key));
  const wanted = own.map(([, { declared }]) => (typeof declared === "function" ? declared(node) : declared));
  return Object.assign({}, ...wanted);
}
