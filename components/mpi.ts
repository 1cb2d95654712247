import * as pulumi from "@pulumi/pulumi";
import type { LinkEnd } from "../config/linkEnd.ts";
import type { Mpi as MpiSpec } from "../config/mpi.ts";
import type { ReachableNode } from "./sshAccess.ts";
import { Survivor } from "./survivor.ts";

/** A node that MPI is on. */
export interface MpiNode {
  reachable: ReachableNode;
  link: LinkEnd;
  /** What must be true before MPI can run there. */
  dependsOn: pulumi.Resource[];
}

/** MPI on nodes with a link: one exchange between all of them that proves it. Its files are settings of the nodes. */
export class Mpi extends pulumi.ComponentResource {
  /** The run across all nodes. */
  readonly exchange: Survivor | undefined;

  constructor(
    name: string,
    { mpi, nodes }: { mpi: MpiSpec; nodes: MpiNode[] },
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("minirack:index:Mpi", name, {}, options);
    const [first] = nodes;
    if (first === undefined) return;
    const addresses = Object.fromEntries(nodes.map(({ link }) => [link.node, link.address]));
    const { implementation, trigger } = mpi;
    const { name: node, connection } = first.reachable;
    const inputs = { implementation, node, connection, addresses, interface: mpi.interface, trigger };
    const dependsOn = nodes.flatMap((one) => [one.reachable.access, ...one.dependsOn]);
    this.exchange = new MpiExchange(`${name}-exchange`, inputs, { parent: this, dependsOn });
    this.registerOutputs();
  }
}

/** The run across all nodes; the state has which version it was and how much went over the link. */
class MpiExchange extends Survivor {
  constructor(name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    const outputs = { version: undefined, linkBytes: undefined };
    super("minirack:cluster:MpiExchange", name, { ...outputs, ...inputs }, options);
  }
}
