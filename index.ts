import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("minirack");
const labFile = config.get("labFile");

/** A stack is either a cluster or a lab; each loads only what it needs. */
async function program(): Promise<Record<string, unknown>> {
  if (labFile !== undefined) return (await import("./lab/lab.ts")).lab(labFile);
  return (await import("./stacks/cluster.ts")).cluster(config.require("clusterFile"));
}

const outputs = await program();
export const nodes = outputs.nodes;
export const links = outputs.links;
export const training = outputs.training;
