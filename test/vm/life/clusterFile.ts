import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { root } from "../../../scripts/lab/labStack.ts";
import { fileAbove, fileNode } from "../../support/nodeProgram.ts";
import { testFolder } from "../../support/testLab.ts";
import type { VmLab } from "../../support/vmLab.ts";

const devFile = z.looseObject({ nodes: z.tuple([z.looseObject({ redis: z.looseObject({}) })], z.unknown()) });

/** What of the dev stack wants more than one node. */
const together = ["mpi", "links", "training", "notebook"];

/** Where a file is that nobody may change, not even root, until its flag is taken off. */
export const immutable = "/etc/immutable.conf";

/** Writes a cluster file that wants another content of that file. @returns its path */
export async function writeImmutable(lab: VmLab): Promise<string> {
  const file = join(root, ".minirack", `${lab.stack}-immutable.yaml`);
  const files = { [immutable]: { content: "ours\n" } };
  const identityFile = join(testFolder, `${lab.stack}-immutable-key`); // of a stack of its own
  await writeFile(file, stringify({ ...fileAbove(lab), identityFile, files, nodes: [fileNode(lab, "vm1")] }));
  return file;
}

/** Writes the dev stack's settings for one node: what all have, what its first has, and Docker. @returns its path */
export async function writeClusterFile(lab: VmLab): Promise<string> {
  const { nodes, ...shared } = devFile.parse(parse(await readFile(join(root, "stacks/dev.yaml"), "utf8")));
  for (const key of together) delete shared[key];
  const [first] = nodes;
  const link = lab.linkAddressOf("vm1");
  const node = {
    ...first,
    ...fileNode(lab, "vm1"),
    linkAddress: { eth1: link },
    redis: {
      password: { file: join(lab.folder, "password") },
      bind: ["127.0.0.1", link.replace(/\/.*/, "")],
    },
    docker: {},
  };
  const file = join(root, ".minirack", `${lab.stack}-cluster.yaml`);
  await writeFile(file, stringify({ ...shared, ...fileAbove(lab), nodes: [node] }));
  return file;
}
