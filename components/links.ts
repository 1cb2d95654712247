import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import { NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

/** One end of a link: which interface of which node has which address. */
export interface LinkEnd {
  node: string;
  interface: string;
  address: string;
}

/** What `Links` is given: every node of the cluster, with what reaches it and the setting of its address. */
export interface LinksArgs {
  nodes: { node: ClusterNode; reachable: ReachableNode; address?: NodeSetting | undefined }[];
}

/** The network for training traffic: nodes with static addresses that reach one another over them. */
export class Links extends pulumi.ComponentResource {
  readonly ends: LinkEnd[];
  /** Node → what must be true before it talks to its peers. */
  readonly ready: ReadonlyMap<string, pulumi.Resource[]>;

  constructor(name: string, { nodes }: LinksArgs, options?: pulumi.ComponentResourceOptions) {
    super("minirack:index:Links", name, {}, options);
    const linked = nodes.filter(({ node }) => node.settings.linkAddress !== undefined);
    this.ends = linked.map(({ node }) => linkEnd(node));
    const addresses = linked.flatMap(({ address }) => address ?? []);
    const peers = linked.map(({ reachable }) => this.peers(reachable, linked));
    this.ready = new Map(
      linked.map(({ node }, index) => [node.name, [...addresses, peers[index]].flatMap((one) => one ?? [])]),
    );
    this.registerOutputs();
  }

  private peers(reachable: ReachableNode, all: LinksArgs["nodes"]): NodeSetting {
    const others = all.filter(({ node }) => node.name !== reachable.name);
    const entries = others.map(({ node, reachable: other }) => {
      const entry = {
        address: linkEnd(node).address,
        port: other.access.sshdPort ?? 22,
        user: node.user,
        hostKey: other.connection.hostKey,
        publicKey: pulumi.output(other.access.nodePublicKey).apply((key) => withoutComment(key ?? "")),
      };
      return [node.name, pulumi.output(entry)] as const;
    });
    const value = Object.fromEntries(entries);
    const dependsOn = [reachable, ...others.map((other) => other.reachable)].map(({ access }) => access);
    return new NodeSetting({ node: reachable, key: "peers", value }, { parent: this, dependsOn });
  }
}

function linkEnd(node: ClusterNode): LinkEnd {
  const [[name, address] = ["", ""]] = addressesOf(node);
  return { node: node.name, interface: name, address: address.split("/")[0] ?? "" };
}

function addressesOf({ settings }: ClusterNode): [interfaceName: string, address: string][] {
  return Object.entries(settings.linkAddress ?? {}).map(([name, address]) => [name, String(address)]);
}

function withoutComment(publicKey: string): string {
  return publicKey.split(" ").slice(0, 2).join(" ");
}
