import * as pulumi from "@pulumi/pulumi";
import type { ClusterNode } from "../config/cluster.ts";
import { formerlyNamed } from "./nodeNames.ts";
import { NodeSetting } from "./nodeSetting.ts";
import type { ReachableNode } from "./sshAccess.ts";

/** The Python environments of one node. */
export class PythonEnvironment extends pulumi.ComponentResource {
  readonly setting: NodeSetting;

  constructor(
    node: ClusterNode,
    reachable: ReachableNode,
    options: pulumi.ComponentResourceOptions & { dependsOn?: pulumi.Resource[] },
  ) {
    const { dependsOn = [], ...rest } = options;
    const nameOf = (nodeName: string) => `${nodeName}-python`;
    const renamed = formerlyNamed(node, nameOf);
    super("minirack:index:PythonEnvironment", nameOf(node.name), {}, { ...renamed, ...rest });
    const value = node.settings.pythonEnvironment ?? {};
    const after = [reachable.access, ...dependsOn];
    this.setting = new NodeSetting(
      { node: reachable, key: "pythonEnvironment", value },
      { parent: this, dependsOn: after },
    );
    this.registerOutputs();
  }
}
