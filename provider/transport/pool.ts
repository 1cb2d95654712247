import { ReadBatch } from "./batch.ts";
import type { Target } from "./connect.ts";
import { NodeSession } from "./nodeSession.ts";

/** A node's one connection, and the reads that are gathered on it. */
export interface PooledNode {
  session: NodeSession;
  reads: ReadBatch;
}

const pool = new Map<string, PooledNode>();

/**
 * The one session per node and process. `firstContact` is no part of its identity: once in, all use the same
 * connection.
 */
export function pooledNode(target: Target): PooledNode {
  const key = JSON.stringify([target.name, target.connection]);
  const known = pool.get(key);
  known?.session.offer(target.firstContact);
  if (known !== undefined) return known;
  const session = new NodeSession(target);
  const node = { session, reads: new ReadBatch(session) };
  pool.set(key, node);
  return node;
}

/** Closes every connection. */
export async function closePool(): Promise<void> {
  const open = [...pool.values()];
  pool.clear();
  await Promise.all(open.map(({ session }) => session.close()));
}
