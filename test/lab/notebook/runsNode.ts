import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { root } from "../../../scripts/lab/labStack.ts";
import { freshTestCluster, type TestCluster } from "../../support/testCluster.ts";
import { testFolder } from "../../support/testLab.ts";
import { cycleLab } from "../settings/cycleLab.ts";

const [stack, portBase, linkSubnet] = cycleLab;
const clusterFile = join(testFolder, `${stack}-runs.yaml`);

/** Writes the cluster file of one node that runs notebooks, with these keys above it; gives its text. */
export function writeRunsCluster(top: Record<string, unknown> = {}): string {
  const firstContact = { identityFile: join(root, `.minirack/${stack}/id_ed25519`) };
  const nodes = [{ name: "mini1", host: "127.0.0.1", port: portBase + 1, firstContact }];
  const text = stringify({ user: "rack", docker: {}, notebook: { isNative: true }, ...top, nodes });
  writeFileSync(clusterFile, text);
  return text;
}

/** A lab of that node with nothing on it. */
export function freshRunsNode(): Promise<TestCluster> {
  return freshTestCluster({ stack, clusterFile, lab: [stack, portBase, linkSubnet, ["mini1"]] });
}

/** The same, with what `writeRunsCluster` says by itself. */
export async function provisionedRunsNode(): Promise<TestCluster> {
  const cluster = await freshRunsNode();
  writeRunsCluster();
  await cluster.pulumi("up", "--yes", "--skip-preview");
  return cluster;
}
