import { keyMark } from "../../provider/settings/peers.ts";
import { nextMark } from "../../provider/settings/sshAccess.ts";
import { inHome, run, setLine } from "../../provider/shell/command.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { onNode } from "./onNode.ts";
import { type Pending, pendingOf } from "./pending.ts";

const authorizedKeys = inHome(".ssh/authorized_keys");
const nameOf = ({ name }: Target) => name;

/**
 * Gives a node another key of its own for its peers: made there, brought to every peer beside the old one, tried by a
 * login to each, and only then put in the old one's place. Where a peer is down nothing goes.
 * @returns the nodes that it waits for; none when it is done
 */
export async function rotateNodeKey(node: Target, peers: Target[]): Promise<Pending[]> {
  const mark = keyMark(node.name);
  const found = await onNode(node, ["node_key_rotation"]);
  if (found !== "previous") {
    const next = await onNode(node, ["make_next_node_key", "show_node_key .next"]);
    const pending = await pendingOf(peers, nameOf, async (peer) => {
      await onNode(peer, [setLine(authorizedKeys, nextMark(mark), `${next}${nextMark(mark)}`)]);
      await onNode(node, [run("reach_by_next", peer.name)]);
    });
    if (pending.length > 0) return pending;
    await onNode(node, ["use_next_node_key"]);
  }
  const key = await onNode(node, ["show_node_key"]);
  const pending = await pendingOf(peers, nameOf, async (peer) => {
    await onNode(peer, [
      setLine(authorizedKeys, mark, `${key}${mark}`),
      setLine(authorizedKeys, nextMark(mark)),
    ]);
  });
  if (pending.length === 0) await onNode(node, ["forget_previous_node_key"]);
  return pending;
}
