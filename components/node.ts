import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import type { SecretReference } from "../config/secret.ts";
import { withSecrets } from "../config/secretText.ts";
import { settings } from "../provider/settings/index.ts";
import { formerlyNamed } from "./nodeNames.ts";
import { NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

/** What `Node` is given. */
export interface NodeComponentArgs {
  node: ClusterNode;
  reachable: ReachableNode;
  secret(reference: SecretReference): pulumi.Output<string>;
}

/** Settings that have components of their own: they need what is known of other nodes. */
const elsewhere = ["sshAccess", "peers"];

/** A node of the cluster: one child for each kind of setting that the cluster file gives it. */
export class Node extends pulumi.ComponentResource {
  /** Setting → resource, for those who must come after. */
  readonly settings = new Map<string, NodeSetting>();

  constructor({ node, reachable, secret }: NodeComponentArgs, options?: pulumi.ComponentResourceOptions) {
    const renamed = formerlyNamed(node, (nodeName) => nodeName);
    super("minirack:index:Node", node.name, {}, { ...renamed, ...options });
    for (const { key, after = [] } of settings) {
      const wanted = node.settings[key];
      if (wanted === undefined || elsewhere.includes(key)) continue;
      const value = withSecrets(wanted, ({ render, references }) =>
        pulumi.all(references.map(secret)).apply(render),
      );
      const dependsOn = [reachable.access, ...after.flatMap((one) => this.settings.get(one) ?? [])];
      this.settings.set(key, new NodeSetting({ node: reachable, key, value }, { parent: this, dependsOn }));
    }
    this.registerOutputs();
  }
}
