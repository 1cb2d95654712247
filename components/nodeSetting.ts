import * as pulumi from "@pulumi/pulumi";
import type { WithSecrets } from "../config/secretText.ts";
import { settingByKey, settingToken } from "../provider/settings/index.ts";
import type { Json } from "../provider/settings/setting.ts";
import { formerlyNamed, type NodeNames } from "./nodeNames.ts";
import { Survivor } from "./survivor.ts";

/** How a resource reaches its node: plain facts, the pinned host key, secrets as Pulumi secrets. */
export interface ConnectionArgs {
  host: string;
  port: number;
  user: string;
  identityFile: string;
  hostKey: pulumi.Input<string>;
  sudoPassword?: pulumi.Input<string>;
}

/** A node as its resources see it. */
export interface NodeArgs extends NodeNames {
  connection: ConnectionArgs;
  /** Whose the records on it are. */
  stackId: pulumi.Input<string | undefined>;
}

/** What `sshAccess` alone may use before the cluster's key is on the node. */
export interface FirstContactArgs {
  password?: pulumi.Input<string>;
  identityFile?: string;
}

/** What a setting's resource is given besides its node. */
export interface NodeSettingArgs {
  node: NodeArgs;
  /** Key of the setting: `packages`. */
  key: string;
  value: { [entry: string]: pulumi.Input<Json> | WithSecrets<pulumi.Output<string>> };
  /** Tells several resources of one setting on one node apart: `training` of files. */
  purpose?: string;
  firstContact?: FirstContactArgs | undefined;
}

/** One setting on one node: `mini1-packages`, or `mini1-files-training` for one with a purpose. */
export class NodeSetting extends Survivor {
  constructor(args: NodeSettingArgs, options: pulumi.CustomResourceOptions) {
    const { node, key, value, purpose, firstContact } = args;
    const outputs = Object.keys(settingByKey(key).outputs ?? {}).map((name) => [name, undefined]);
    const nameOf = (nodeName: string) => [nodeName, key, ...(purpose ? [purpose] : [])].join("-");
    const inputs: pulumi.Inputs = {
      node: node.name,
      connection: node.connection,
      stackId: node.stackId,
      [key]: value,
      ...(purpose !== undefined && { purpose }),
      ...(firstContact !== undefined && { firstContact }),
    };
    const properties = { ...Object.fromEntries(outputs), ...inputs };
    const { aliases = [] } = formerlyNamed(node, nameOf);
    super(settingToken(key), nameOf(node.name), properties, {
      aliases: [...aliases, { parent: pulumi.rootStackResource }], // as `pulumi import TYPE NAME ID` leaves it
      deleteBeforeReplace: true, // the new one would adopt the old one's record, and lose it to the old one's delete
      ...options,
    });
  }
}
