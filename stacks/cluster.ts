import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../components/cluster.ts";
import { loadCluster } from "../config/cluster.ts";
import { trainingCode } from "../runners/training/trainingCode.ts";

/** The program of a stack that provisions a shelf: loads its cluster file, builds it, says what came of it. */
export function cluster(file: string): Record<string, unknown> {
  const stack = pulumi.getStack();
  const config = new pulumi.Config("minirack");
  const hasConfig = (name: string) => config.getSecret(name) !== undefined;
  const spec = loadCluster(file, stack, { hasConfig });
  const built = new Cluster(stack, { cluster: spec, stack, config, trainingCode: trainingCode(".") });
  const nodes = spec.nodes.map(({ name, host, port, user, os, role }) => {
    const { address: linkAddress, interface: linkInterface } =
      built.links.ends.find((end) => end.node === name) ?? {};
    return { name, host, port, user, os, role, linkAddress, linkInterface };
  });
  const training = built.training && { training: built.training.outputs };
  const notebook = built.notebook && { notebook: built.notebook.outputs };
  return { nodes, links: built.links.measured?.pairs ?? [], ...training, ...notebook };
}
