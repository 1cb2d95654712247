import { nextMark } from "../../provider/settings/sshAccess.ts";
import { inHome, setLine } from "../../provider/shell/command.ts";
import type { Target } from "../../provider/transport/connect.ts";
import type { KeyFiles } from "./keyFiles.ts";
import { expectLogin, onNode } from "./onNode.ts";
import { type Pending, pendingOf } from "./pending.ts";

const authorizedKeys = inHome(".ssh/authorized_keys");
const nameOf = ({ name }: Target) => name;

/**
 * Brings a new key of the cluster to every node with the old one, logs in with it, and only then lets the old one go. A
 * node that is down stops it before anything goes: both keys are let in until the next run.
 *
 * The controller keeps the old key until `keys.forgetPrevious`, which is for when the state knows the new one.
 * @param mark end of the cluster's line in authorized_keys, with its space
 * @returns the nodes that it waits for; none when every node has the new key alone
 */
export async function rotateClusterKey(targets: Target[], keys: KeyFiles, mark: string): Promise<Pending[]> {
  if (!keys.isSwitched) {
    const publicKey = await keys.makeNext();
    const pending = await pendingOf(targets, nameOf, (target) => letIn(target, keys, publicKey, mark));
    if (pending.length > 0) return pending;
    await keys.switch();
  }
  const line = await keys.showPublic();
  return await pendingOf(targets, nameOf, (target) => letOut(target, line, mark));
}

async function letIn(target: Target, keys: KeyFiles, publicKey: string, mark: string): Promise<void> {
  const next = nextMark(mark);
  await onNode(target, [setLine(authorizedKeys, next, `${publicKey}${next}`)]);
  await expectLogin(target, keys.next);
}

/** The new line first: there is no moment without one of both keys. */
async function letOut(target: Target, line: string, mark: string): Promise<void> {
  await onNode(target, [setLine(authorizedKeys, mark, line), setLine(authorizedKeys, nextMark(mark))]);
}
