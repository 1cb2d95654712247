import type { RunMetadata } from "../runMetadata.ts";

/** Where a runner's runs are. */
interface Place<Spec extends { name: string }, Node extends { close(): Promise<void> }> {
  /** The runner's nodes, as the stack has them now. */
  nodes: Spec[];
  /** What those nodes do, for an error: `train`. */
  what: string;
  open(spec: Spec): Promise<Node>;
}

/**
 * Works on a run at its node, over a connection of its own.
 * @param work gets the connection, the run's name there, and what the stack says of the node
 * @throws Error where its node is none of the runner's any more
 */
export async function atItsNode<
  Spec extends { name: string },
  Node extends { close(): Promise<void> },
  Result,
>(
  metadata: RunMetadata,
  { nodes, what, open }: Place<Spec, Node>,
  work: (node: Node, id: string, spec: Spec) => Promise<Result>,
): Promise<Result> {
  const spec = nodes.find(({ name }) => name === metadata.remote?.node);
  const id = metadata.remote?.id;
  if (spec === undefined || id === undefined) throw notThere(metadata, nodes, what);
  const node = await open(spec);
  try {
    return await work(node, id, spec);
  } finally {
    await node.close();
  }
}

function notThere({ run, stack, remote }: RunMetadata, nodes: { name: string }[], what: string): Error {
  const names = nodes.map(({ name }) => name).join(", ");
  return new Error(
    `run ${run}: expected its node ${remote?.node} among those that ${what} in stack ${stack} (${names}), got none; bring it back into the cluster file, then npx pulumi up`,
  );
}
