import { resolve } from "node:path";
import type { Target } from "../../provider/transport/connect.ts";
import { expandHome } from "../../provider/transport/connection.ts";
import { chooseNodes } from "../nodes/chooseNodes.ts";
import type { OpenStack, StackNode } from "../nodes/stackNodes.ts";
import { KeyFiles } from "./keyFiles.ts";
import type { Pending } from "./pending.ts";
import { rotateClusterKey } from "./rotateClusterKey.ts";
import { rotateNodeKey } from "./rotateNodeKey.ts";

/** What is asked for besides the stack. */
export interface Rotation {
  /** Nodes whose own key alone is rotated; the cluster's key and all of theirs where there are none. */
  only: string[];
  say(line: string): void;
  /** Tells the state what is true on these nodes now. */
  refresh(nodes: string[]): Promise<void>;
}

/**
 * Rotates the keys of a stack.
 * @returns whether all of it is done
 */
export async function rotateKeys(stack: OpenStack, { only, say, refresh }: Rotation): Promise<boolean> {
  const provisioned = stack.nodes.filter(({ pinnedHostKey }) => pinnedHostKey !== undefined);
  if (provisioned.length === 0) throw notProvisioned(stack.stack);
  const chosen = chooseNodes({ ...stack, nodes: provisioned }, only).map(({ spec }) => spec.name);
  const nodes = await Promise.all(
    provisioned.map(async ({ spec, target }) => ({ ...(await target()), isLinked: isLinked(spec) })),
  );
  const keys = new KeyFiles(resolve(expandHome(stack.cluster.identityFile)), `minirack-${stack.stack}`);
  const rotatesCluster = only.length === 0;
  const waiting = rotatesCluster ? await rotateClusterKey(nodes, keys, ` minirack-${stack.stack}`) : [];
  if (rotatesCluster) tell("the cluster's key", waiting, say);
  if (waiting.length > 0 && !keys.isSwitched) return false;
  const isClusterDone = rotatesCluster && waiting.length === 0;
  const linked = nodes.filter((node) => node.isLinked);
  for (const node of linked.filter(({ name }) => chosen.includes(name))) {
    const pending = await rotateOwn(node, linked);
    tell(`${node.name}'s own key`, pending, say);
    waiting.push(...pending);
  }
  const left = waiting.map(({ node }) => node);
  await refresh(nodes.map(({ name }) => name).filter((name) => !left.includes(name)));
  if (isClusterDone) await keys.forgetPrevious();
  return waiting.length === 0;
}

function isLinked({ settings }: StackNode["spec"]): boolean {
  return settings.linkAddress !== undefined;
}

/** One node after the other: two that name each other write the same files. */
async function rotateOwn(node: Target, linked: Target[]): Promise<Pending[]> {
  try {
    return await rotateNodeKey(
      node,
      linked.filter((other) => other !== node),
    );
  } catch (error) {
    return [{ node: node.name, reason: error instanceof Error ? error.message : String(error) }];
  }
}

function tell(key: string, pending: Pending[], say: Rotation["say"]): void {
  if (pending.length === 0) {
    say(`${key}: rotated`);
    return;
  }
  for (const { reason } of pending) say(reason);
  const names = pending.map(({ node }) => node).join(", ");
  say(
    `${key}: pending, it waits for ${names}; the old one is let in until then. Run scripts/rotate-keys again`,
  );
}

function notProvisioned(stack: string): Error {
  return new Error(
    `stack ${stack}: expected a node that pulumi up has made ready, got none; run npm run stack -- up --stack ${stack} first`,
  );
}
