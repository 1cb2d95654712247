import type * as pulumi from "@pulumi/pulumi";
import { Survivor } from "./survivor.ts";

/** The cluster's SSH key on the controller; the state has its path and its public half. */
export class ClusterKey extends Survivor {
  declare readonly publicKey: pulumi.Output<string>;

  constructor(
    name: string,
    args: { identityFile: string; comment: string },
    options: pulumi.CustomResourceOptions,
  ) {
    super("minirack:cluster:Key", name, { ...args, publicKey: undefined }, options);
  }
}
