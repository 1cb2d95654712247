import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { labDown } from "../../scripts/lab/labDown.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { labUp } from "../../scripts/lab/labUp.ts";
import { type PreparedPulumi, preparePulumi } from "../../scripts/pulumi/prepare.ts";
import { selectStack } from "../../scripts/pulumi/stack.ts";

const folder = join(root, ".minirack", "test");
const lab = { stack: "labtest", configFile: join(folder, "Pulumi.labtest.yaml"), say: console.log };

/** Names of the test lab's nodes. */
export const nodeNames = ["mini1", "mini2", "mini3"];

/** The cluster of the tests, on a lab of its own beside the user's. */
export interface TestCluster {
  /** Runs pulumi on stack devtest; resolves with all it printed, rejects when it failed. */
  pulumi(...args: string[]): Promise<string>;
  prepared: PreparedPulumi;
}

/** A fresh test lab with nothing provisioned, and stack devtest with nothing in it. */
export async function freshTestCluster(): Promise<TestCluster> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await configure("labtest", "labFile", "test/lab/lab.yaml");
  const configFile = await configure("devtest", "clusterFile", "test/lab/cluster.yaml");
  const prepared = await preparePulumi({ root, say: lab.say });
  await forgetStack(prepared);
  await labDown(lab);
  await labUp(lab);
  await selectStack(prepared, "devtest", { configFile });
  const pulumi = async (command: string, ...args: string[]) => {
    const all = [command, ...args, "--stack", "devtest", "--config-file", configFile, "--color", "never"];
    return (await prepared.pulumi(all, { stdin: "ignore", all: true })).all;
  };
  return { pulumi, prepared };
}

/** Takes the test lab and its stacks away. */
export async function endTestCluster({ prepared }: TestCluster): Promise<void> {
  await forgetStack(prepared);
  await labDown(lab);
}

async function forgetStack({ pulumi }: PreparedPulumi): Promise<void> {
  await pulumi(["stack", "rm", "devtest", "--yes", "--force", "--preserve-config"], { reject: false });
}

async function configure(stack: string, key: string, value: string): Promise<string> {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  await writeFile(file, `config:\n  minirack:${key}: ${value}\n`);
  return file;
}
