import { join, resolve } from "node:path";
import { z } from "zod";
import { type Cluster, type ClusterNode, loadCluster } from "../../config/cluster.ts";
import { reachedByFile } from "../../provider/importedInputs.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { connectionSchema, firstContactSchema } from "../../provider/transport/connection.ts";
import { projectFolder } from "../project.ts";
import { type ExportedResource, exportedState } from "../pulumi/exportedResources.ts";
import { type PreparedPulumi, preparePulumi } from "../pulumi/prepare.ts";
import { stackConfiguration } from "../pulumi/stackConfiguration.ts";
import { hostKeysOf } from "./hostKeys.ts";

/** A node of a stack, for a command that looks at it or types on it. */
export interface StackNode {
  spec: ClusterNode;
  /** The host key that the state has; undefined before the first `pulumi up`. */
  pinnedHostKey: string | undefined;
  /** How it is reached. Without a key in the state it is the pinned one, at first contact the one that the node shows. */
  target(): Promise<Target>;
}

/** A stack: its cluster file and what the state knows. */
export interface OpenStack {
  stack: string;
  /** The cluster file, as the stack's configuration names it. */
  file: string;
  cluster: Cluster;
  nodes: StackNode[];
  resources: ExportedResource[];
  /** What a command was at when it was killed. */
  pending?: ExportedResource[];
}

const root = projectFolder();
const reached = z.object({
  node: z.string(),
  connection: connectionSchema,
  firstContact: firstContactSchema.optional(),
});

/**
 * Finds a stack's nodes, of this clone and wherever it is called from.
 * @param configFile the stack's configuration, `Pulumi.STACK.yaml` unless given
 */
export async function openStack(stack: string, configFile?: string): Promise<OpenStack> {
  const path = configFile ? resolve(configFile) : join(root, `Pulumi.${stack}.yaml`);
  process.chdir(root); // paths in the configuration start there
  return await stackNodes(await preparePulumi({ root, say: console.error }), stack, path);
}

/** @throws ConfigError with every problem of the cluster file */
export async function stackNodes(
  prepared: PreparedPulumi,
  stack: string,
  configFile: string,
): Promise<OpenStack> {
  const configuration = await stackConfiguration(prepared, stack, configFile);
  const file = configuration.get("clusterFile");
  if (file === undefined) {
    throw new Error(
      `${configFile}: expected minirack:clusterFile, got none; set it to a cluster file's path`,
    );
  }
  const cluster = loadCluster(file, stack);
  const { resources, pending } = await exportedState(prepared, stack);
  const keys = hostKeysOf(resources);
  const nodes = cluster.nodes.map((spec) => {
    const pinnedHostKey = keys.get(spec.name);
    const target = async () => targetOf(await reachedByFile(spec.name, stack, configuration, pinnedHostKey));
    return { spec, pinnedHostKey, target };
  });
  return { stack, file, cluster, nodes, resources, pending };
}

function targetOf(properties: unknown): Target {
  const { node, ...rest } = reached.parse(properties);
  return { name: node, ...rest };
}
