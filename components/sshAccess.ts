import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import { ClusterKey } from "./clusterKey.ts";
import { HostKey } from "./hostKey.ts";
import { type FirstContactArgs, type NodeArgs, NodeSetting } from "./nodeSetting.ts";

/** A node with its secrets as Pulumi secrets. */
export interface SshNode {
  node: ClusterNode;
  sudoPassword?: pulumi.Input<string> | undefined;
  firstContact?: FirstContactArgs | undefined;
}

/** What `SshAccess` is given. */
export interface SshAccessArgs {
  identityFile: string;
  /** Name of the stack; marks the cluster's key on the nodes. */
  stack: string;
  nodes: SshNode[];
}

/** A node that can be reached, and its `sshAccess`, which everything else on it waits for. */
export interface ReachableNode extends NodeArgs {
  access: NodeSetting & { nodePublicKey?: pulumi.Output<string>; sshdPort?: pulumi.Output<number> };
}

/** The cluster's key, every node's pinned host key, and access with that key. */
export class SshAccess extends pulumi.ComponentResource {
  readonly nodes: ReadonlyMap<string, ReachableNode>;

  constructor(name: string, args: SshAccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("minirack:index:SshAccess", name, {}, options);
    const comment = `minirack-${args.stack}`;
    const key = new ClusterKey(`${name}-key`, { identityFile: args.identityFile, comment }, { parent: this });
    this.nodes = new Map(args.nodes.map((one) => [one.node.name, this.reach(one, key, args.identityFile)]));
    this.registerOutputs();
  }

  private reach(
    { node, sudoPassword, firstContact }: SshNode,
    key: ClusterKey,
    identityFile: string,
  ): ReachableNode {
    const { name, formerName, host, port, user } = node;
    const pinned = new HostKey(node, { parent: this });
    const { hostKey } = pinned;
    const connection = { host, port, user, identityFile, hostKey, ...(sudoPassword && { sudoPassword }) };
    const value = { clusterKey: key.publicKey, nodeKey: "ed25519" };
    const { stackId } = key;
    const args = { node: { name, formerName, connection, stackId }, key: "sshAccess", value, firstContact };
    return {
      name,
      formerName,
      connection,
      stackId,
      access: new NodeSetting(args, { parent: this, dependsOn: [pinned, key] }),
    };
  }
}
