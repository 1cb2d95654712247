import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../../scripts/lab/labStack.ts";
import type { TestClusterArgs } from "../../support/testCluster.ts";

/** The dev stack on a test lab of its own, beside the user's. */
export const devStack: TestClusterArgs = {
  stack: "devtest",
  clusterFile: ".minirack/devtest.yaml",
  lab: ["labtest", 2300, "172.31.1.0/24"],
};

/** Writes stacks/dev.yaml with the test lab's folder, ports and addresses in place of the user's lab's. */
export async function writeClusterFile(): Promise<void> {
  const [lab, portBase] = devStack.lab;
  const text = await readFile(join(root, "stacks/dev.yaml"), "utf8");
  const moved = text
    .replaceAll("../.minirack/lab/", `../.minirack/${lab}/`)
    .replaceAll("port: 220", `port: ${portBase / 10}`)
    .replaceAll("/disk/dev.swap", "/disk/devtest.swap") // every lab sees the kernel's swap
    .replaceAll("172.31.0.", "172.31.1.");
  const file = join(root, devStack.clusterFile);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, moved);
}
