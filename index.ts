import * as pulumi from "@pulumi/pulumi";
import { cluster } from "./stacks/cluster.ts";

const config = new pulumi.Config("minirack");
const labFile = config.get("labFile");

async function program(): Promise<Record<string, unknown>> {
  if (labFile === undefined) return cluster(config.require("clusterFile"));
  const { lab } = await import("./lab/lab.ts"); // only the lab needs Docker's SDK
  return lab(labFile);
}

const outputs = await program();
export const nodes = outputs.nodes;
export const links = outputs.links;
export const training = outputs.training;
