import type * as pulumi from "@pulumi/pulumi";
import { formerlyNamed, type NodeNames } from "./nodeNames.ts";
import { Survivor } from "./survivor.ts";

/** A node's host key: given, or trusted at first use and pinned from then on. */
export class HostKey extends Survivor {
  declare readonly hostKey: pulumi.Output<string>;

  constructor(
    node: NodeNames & { host: string; port: number; hostKey?: string | undefined },
    options: pulumi.CustomResourceOptions,
  ) {
    const { name, host, port, hostKey: given } = node;
    const nameOf = (nodeName: string) => `${nodeName}-hostKey`;
    const properties = { node: name, host, port, given, hostKey: undefined };
    const renamed = formerlyNamed(node, nameOf);
    super("minirack:node:HostKey", nameOf(name), properties, { ...renamed, ...options });
  }
}
