import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import { formerlyNamed } from "./nodeNames.ts";
import { NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

/** Settings of a node that have no component of their own, with those that must be true before. */
const ownSettings: [key: string, after: string[]][] = [
  ["packages", []],
  ["files", []],
  ["caCertificates", ["packages"]],
];

/** A node of the cluster: one child for each kind of setting that the cluster file gives it. */
export class Node extends pulumi.ComponentResource {
  /** Setting → resource, for those who must come after. */
  readonly settings = new Map<string, NodeSetting>();

  constructor(node: ClusterNode, reachable: ReachableNode, options?: pulumi.ComponentResourceOptions) {
    const renamed = formerlyNamed(node, (nodeName) => nodeName);
    super("minirack:index:Node", node.name, {}, { ...renamed, ...options });
    for (const [key, after] of ownSettings) {
      const value = node.settings[key];
      if (value === undefined) continue;
      const dependsOn = [reachable.access, ...after.flatMap((one) => this.settings.get(one) ?? [])];
      this.settings.set(key, new NodeSetting({ node: reachable, key, value }, { parent: this, dependsOn }));
    }
    this.registerOutputs();
  }
}
