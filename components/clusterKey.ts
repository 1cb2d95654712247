import type * as pulumi from "@pulumi/pulumi";
import { Survivor } from "./survivor.ts";

/** The cluster's SSH key on the controller; the state has its path and its public half. */
export class ClusterKey extends Survivor {
  declare readonly publicKey: pulumi.Output<string>;
  /** Undefined for one that version 0.1.0 made, until a refresh. */
  declare readonly stackId: pulumi.Output<string | undefined>;

  constructor(
    name: string,
    args: { identityFile: string; comment: string },
    options: pulumi.CustomResourceOptions,
  ) {
    super("minirack:cluster:Key", name, { ...args, publicKey: undefined, stackId: undefined }, options);
  }
}
