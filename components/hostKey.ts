import type * as pulumi from "@pulumi/pulumi";
import { Survivor } from "./survivor.ts";

/** A node's host key: given, or trusted at first use and pinned from then on. */
export class HostKey extends Survivor {
  declare readonly hostKey: pulumi.Output<string>;

  constructor(
    node: { name: string; host: string; port: number; hostKey?: string | undefined },
    options: pulumi.CustomResourceOptions,
  ) {
    const { name, host, port, hostKey: given } = node;
    super(
      "minirack:node:HostKey",
      `${name}-hostKey`,
      { node: name, host, port, given, hostKey: undefined },
      options,
    );
  }
}
