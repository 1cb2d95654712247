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
  lab: [stack: string, portBase: number, linkSubnet: string];
}

const usual: TestClusterArgs = {
  stack: "devtest",
  clusterFile: "test/lab/cluster.yaml",
  lab: ["labtest", 2300, "172.31.1.0/24"],
};

/** A fresh test lab with nothing provisioned, and the cluster's stack with nothing in it. */
export async function freshTestCluster({ stack, ...args }: TestClusterArgs = usual): Promise<TestCluster> {
  const lab = await testLab(...args.lab);
  const configFile = await stackConfiguration(stack, "clusterFile", args.clusterFile);
  const prepared = await preparePulumi({ root, say: console.log });
  await forgetStack(prepared, stack);
  await lab.up();
  await selectStack(prepared, stack, { configFile });
  const pulumi = async (command: string, ...rest: string[]) => {
    const all = [command, ...rest, "--stack", stack, "--config-file", configFile, "--color", "never"];
    return (await prepared.pulumi(all, { stdin: "ignore", all: true })).all;
  };
  return { pulumi, prepared, stack, configFile, lab };
}

/** Takes the test lab and its stacks away. */
export async function endTestCluster({ prepared, stack, lab }: TestCluster): Promise<void> {
  await forgetStack(prepared, stack);
  await lab.down();
}

async function forgetStack({ pulumi }: PreparedPulumi, stack: string): Promise<void> {
  await pulumi(["stack", "rm", stack, "--yes", "--force", "--preserve-config"], { reject: false });
}
