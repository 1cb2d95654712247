import { loadCluster } from "../../config/cluster.ts";
import { type ExportedResource, exportedResources } from "../pulumi/exportedResources.ts";
import type { PreparedPulumi } from "../pulumi/prepare.ts";
import { stackConfiguration } from "../pulumi/stackConfiguration.ts";
import type { TargetedCommand } from "./nodeTargets.ts";

/**
 * A name that no node has would target nothing, and succeed.
 * @throws Error with the names that there are
 */
export async function expectNodes(
  prepared: PreparedPulumi,
  { command, nodes, stack, configFile }: Wanted,
): Promise<void> {
  const inState = (await exportedResources(prepared, stack)).flatMap(nodeOf);
  const isMade = command === "up" || command === "preview";
  const inFile = isMade ? await nodesOfFile(prepared, stack, configFile) : [];
  const known = new Set([...inState, ...inFile]);
  const unknown = nodes.filter((node) => !known.has(node));
  if (unknown.length === 0) return;
  throw new Error(
    `stack ${stack}: expected a node (${[...known].sort().join(", ") || "it has none"}), got ${unknown.join(", ")}; correct its name`,
  );
}

interface Wanted {
  command: TargetedCommand;
  nodes: readonly string[];
  stack: string;
  configFile: string;
}

function nodeOf({ type, inputs }: ExportedResource): string[] {
  return type.startsWith("minirack:node:") && typeof inputs.node === "string" ? [inputs.node] : [];
}

async function nodesOfFile(prepared: PreparedPulumi, stack: string, configFile: string): Promise<string[]> {
  const file = (await stackConfiguration(prepared, stack, configFile)).get("clusterFile");
  return file === undefined ? [] : loadCluster(file, stack).nodes.map(({ name }) => name);
}
