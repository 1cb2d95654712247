import * as pulumi from "@pulumi/pulumi";
import { type NodeArgs, NodeSetting } from "../../../../components/nodeSetting.ts";

const config = new pulumi.Config();
const node = config.requireObject<NodeArgs>("node");
const content = config.require("content");

/** A file of its own for each option, named after it. */
function file(purpose: string, options: pulumi.CustomResourceOptions): void {
  const value = { [`/etc/minirack-options/${purpose}`]: { content, mode: "0644", owner: "root:root" } };
  new NodeSetting({ node, key: "files", purpose, value }, options);
}

file("plain", {});
file("ignored", { ignoreChanges: ["files"] });
file("protected", { protect: config.getBoolean("isProtected") ?? true });
file("replaced", { replaceOnChanges: ["files"] });
file("timed", { customTimeouts: { create: "20s" } });
