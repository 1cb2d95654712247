import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import { type LinkEnd, linkEnd } from "../config/linkEnd.ts";
import type { Claims } from "../provider/links/figures.ts";
import { type MeasuredEnd, MeasuredLinks } from "./measuredLinks.ts";
import { NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";
import type { Survivor } from "./survivor.ts";

/** A node, what reaches it, and its settings: the address of its link, the packages that measure it. */
export interface LinkableNode {
  node: ClusterNode;
  reachable: ReachableNode;
  settings: ReadonlyMap<string, NodeSetting>;
}

/** What `Links` is given: every node of the cluster. */
export interface LinksArgs {
  nodes: LinkableNode[];
}

interface LinkedNode extends LinkableNode {
  end: LinkEnd;
}

/** The network for training traffic: nodes with static addresses that reach one another over them. */
export class Links extends pulumi.ComponentResource {
  readonly ends: LinkEnd[];
  /** Node → what must be true before it talks to its peers. */
  readonly ready: ReadonlyMap<string, pulumi.Resource[]>;
  /** What was measured, where the cluster file wants it. */
  measured: MeasuredLinks | undefined;
  private readonly name: string;
  private readonly measurable: MeasuredEnd[];

  constructor(name: string, { nodes }: LinksArgs, options?: pulumi.ComponentResourceOptions) {
    super("minirack:index:Links", name, {}, options);
    const linked = nodes.flatMap((one) => {
      const end = linkEnd(one.node);
      return end === undefined ? [] : [{ ...one, end }];
    });
    this.ends = linked.map(({ end }) => end);
    const addresses = linked.flatMap(({ settings }) => settings.get("linkAddress") ?? []);
    const peers = linked.map((one) => this.peers(one, linked));
    this.ready = new Map(
      linked.map(({ node }, index) => [node.name, [...addresses, peers[index]].flatMap((one) => one ?? [])]),
    );
    this.name = name;
    this.measurable = linked.map((one, index) => measuredEnd(one, peers[index]));
    this.registerOutputs();
  }

  /**
   * Measures every link, once all else is done on the nodes.
   * @param others what else uses the links in this run
   */
  measure(wanted: Claims, others: Survivor[]): void {
    if (this.measurable.length < 2) return;
    const ends = this.measurable.map((end) => ({ ...end, settled: [...end.settled, ...others] }));
    this.measured = new MeasuredLinks(this.name, { ...wanted, ends }, { parent: this });
  }

  private peers({ reachable }: LinkedNode, all: LinkedNode[]): NodeSetting {
    const others = all.filter(({ node }) => node.name !== reachable.name);
    const entries = others.map(({ node, end, reachable: other }) => {
      const entry = {
        address: end.address,
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

function measuredEnd(
  { node, end, reachable, settings }: LinkedNode,
  peers: NodeSetting | undefined,
): MeasuredEnd {
  const own = ["linkAddress", "packages"].flatMap((key) => settings.get(key) ?? []);
  const settled = [...settings.values(), ...(peers ? [peers] : [])];
  const mayBeWireless = node.connectionType === "wifi";
  const { access, connection } = reachable;
  return { ...end, mayBeWireless, connection, needed: [access, ...own], settled };
}

function withoutComment(publicKey: string): string {
  return publicKey.split(" ").slice(0, 2).join(" ");
}
