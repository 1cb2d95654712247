import * as pulumi from "@pulumi/pulumi";
import { cluster as clusterOf } from "./cluster.ts";

/**
 * The whole program of a project that has minirack as a package: the cluster of the file that the stack's configuration
 * names (`minirack:clusterFile`).
 *
 * @example
 * import { cluster } from "minirack";
 * export default cluster();
 *
 * @returns the stack's outputs: nodes, links, and what a training run needs
 * @throws pulumi.RunError with every problem of the cluster file
 */
export function cluster(): Record<string, unknown> {
  try {
    return clusterOf(new pulumi.Config("minirack").require("clusterFile"));
  } catch (error) {
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
