import { type ExportedResource, exportedResources } from "../pulumi/exportedResources.ts";
import type { PreparedPulumi } from "../pulumi/prepare.ts";

/**
 * Giving a node back behind a state that has it would leave that state wrong.
 * @throws Error when the stack's state has resources on the node
 */
export async function refuseKnownNode(prepared: PreparedPulumi, stack: string, node: string): Promise<void> {
  const isThere = ({ type, inputs }: ExportedResource) =>
    type.startsWith("minirack:node:") && inputs.node === node;
  if (!(await exportedResources(prepared, stack)).some(isThere)) return;
  throw new Error(
    `node ${node}: expected a lost state, got stack ${stack}, which has the node; use npm run stack -- destroy --node ${node} --stack ${stack}`,
  );
}
