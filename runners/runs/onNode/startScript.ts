import { LostConnection } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";

/**
 * Runs the script that starts a run. Where the connection is lost meanwhile nobody knows whether it has begun: it is taken for begun,
 * and whoever follows or fetches it finds out.
 */
export async function startScript(node: Pick<OpenNode, "run">, script: string): Promise<void> {
  try {
    await node.run({ script });
  } catch (error) {
    if (!(error instanceof LostConnection)) throw error;
  }
}
