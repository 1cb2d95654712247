import { ReadBatch } from "./batch.ts";
import type { Target } from "./connect.ts";
import { cancelled } from "./nodeError.ts";
import { NodeSession } from "./nodeSession.ts";

/** A node's one connection, and the reads that are gathered on it. */
export interface PooledNode {
  session: NodeSession;
  reads: ReadBatch;
}

const pool = new Map<string, PooledNode>();
let isClosedForGood = false;

/**
 * The one session per node and process. `firstContact` is no part of its identity: once in, all use the same
 * connection.
 */
export function pooledNode(target: Target): PooledNode {
  if (isClosedForGood) throw cancelled(target.name);
  const key = JSON.stringify([target.name, target.connection]);
  const known = pool.get(key);
  known?.session.offer(target.firstContact);
  if (known !== undefined) return known;
  const session = new NodeSession(target);
  const node = { session, reads: new ReadBatch(session) };
  pool.set(key, node);
  return node;
}

/**
 * Closes every connection; what runs on them ends as cancelled.
 * @param forGood opens none again: work that is between two steps must not go on
 */
export async function closePool({ forGood = false } = {}): Promise<void> {
  isClosedForGood ||= forGood;
  const open = [...pool.values()];
  pool.clear();
  await Promise.all(open.map(({ session }) => session.close()));
}
