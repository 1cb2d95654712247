import { homedir } from "node:os";
import { join } from "node:path";
import { removeKey } from "../../provider/clusterKey.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { type PreparedPulumi, preparePulumi } from "../../scripts/pulumi/prepare.ts";
import { selectStack } from "../../scripts/pulumi/stack.ts";
import { stackConfiguration, type TestLab, testLab } from "./testLab.ts";

export { nodeNames } from "./testLab.ts";

/** A cluster on a test lab of its own, provisioned by the real CLI. */
export interface TestCluster {
  /** Runs pulumi on the cluster's stack; resolves with all it printed, rejects when it failed. */
  pulumi(...args: string[]): Promise<string>;
  prepared: PreparedPulumi;
  stack: string;
  configFile: string;
  lab: TestLab;
}

/** Which stack, which cluster file, on which lab. */
export interface TestClusterArgs {
  stack: string;
  clusterFile: string;
  lab: [stack: string, portBase: number, linkSubnet: string, names?: string[], odd?: string];
}

/** A fresh test lab with nothing provisioned, and the cluster's stack with nothing in it. */
export async function freshTestCluster({ lab: given, ...args }: TestClusterArgs): Promise<TestCluster> {
  const lab = await testLab(...given);
  await forgetStack(await preparePulumi({ root, say: console.log }), args.stack);
  await lab.up();
  return await clusterOn(lab, args);
}

/** A stack with nothing in it, for a cluster on nodes of a test lab that is up. */
export async function clusterOn(
  lab: TestLab,
  { stack, clusterFile }: Omit<TestClusterArgs, "lab">,
): Promise<TestCluster> {
  const configFile = await stackConfiguration(stack, "clusterFile", clusterFile);
  const prepared = await preparePulumi({ root, say: console.log });
  await forgetStack(prepared, stack);
  await selectStack(prepared, stack, { configFile });
  const pulumi = async (command: string, ...rest: string[]) => {
    const all = [command, ...rest, "--stack", stack, "--config-file", configFile, "--color", "never"];
    return (await prepared.pulumi(all, { stdin: "ignore", all: true })).all;
  };
  return { pulumi, prepared, stack, configFile, lab };
}

/** Takes the test lab and its stacks away. */
export async function endTestCluster(cluster: TestCluster): Promise<void> {
  await endStack(cluster);
  await cluster.lab.down();
}

/** Takes the stack away, whatever it holds. */
export async function endStack({ prepared, stack }: TestCluster): Promise<void> {
  await forgetStack(prepared, stack);
}

/**
 * The stack goes, and the key that it made in the home folder where the file names none. Nobody else uses it: a lock is one
 * that a killed run has left.
 */
async function forgetStack({ pulumi }: PreparedPulumi, stack: string): Promise<void> {
  await pulumi(["cancel", "--yes", "--stack", stack], { reject: false });
  await pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"], { reject: false });
  await removeKey(join(homedir(), ".ssh/minirack", stack));
}
