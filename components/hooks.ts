import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Hook } from "../config/hooks.ts";
import { hookScript, sendHook } from "../provider/shell/hook.ts";
import { formerlyNamed } from "./nodeNames.ts";
import type { ReachableNode } from "./sshAccess.ts";
import { survive } from "./survivor.ts";

const type = "command:local:Command";

/**
 * One command on a node, run when it is made and when it or its triggers change; nothing is looked at and nothing undone.
 * The system's ssh runs it, so that no key is read into the state, and it goes over stdin.
 */
export class AfterUpHook extends local.Command {
  constructor(reachable: ReachableNode, name: string, hook: Hook, options: pulumi.CustomResourceOptions) {
    const nameOf = (nodeName: string) => `${nodeName}-hook-${name}`;
    const own = nameOf(reachable.name);
    const { host, port, user, identityFile, hostKey } = reachable.connection;
    super(
      own,
      {
        create: 'sh -c "$MINIRACK_SEND"', // an error shows this whole
        update: "true", // how the node is reached has changed: no reason to run it again
        stdin: hookScript(hook.command),
        triggers: [hook.command, ...hook.triggers],
        environment: {
          MINIRACK_SEND: sendHook,
          MINIRACK_NODE: reachable.name,
          MINIRACK_HOOK: name,
          MINIRACK_HOST: host,
          MINIRACK_PORT: String(port),
          MINIRACK_USER: user,
          MINIRACK_IDENTITY_FILE: identityFile,
          MINIRACK_HOST_KEY: hostKey,
        },
      },
      { ...formerlyNamed(reachable, nameOf), ...options },
    );
    survive(this, pulumi.createUrn(own, type, options.parent));
  }
}
