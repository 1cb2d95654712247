import type { ExportedResource } from "../pulumi/exportedResources.ts";

/**
 * Giving a node back behind a state that has it would leave that state wrong.
 * @throws Error when the stack's state has resources on the node
 */
export function refuseKnownNode(resources: ExportedResource[], stack: string, node: string): void {
  const isThere = ({ type, inputs }: ExportedResource) =>
    type.startsWith("minirack:node:") && inputs.node === node;
  if (!resources.some(isThere)) return;
  throw new Error(
    `node ${node}: expected a lost state, got stack ${stack}, which has the node; use npm run stack -- destroy --node ${node} --stack ${stack}`,
  );
}
