import { run } from "../../../provider/shell/command.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";

/** Whether a run was ever started: a launch that is killed may have said where, and not come to do it. */
export async function hasBegun(node: Pick<OpenNode, "run">, folder: string): Promise<boolean> {
  const { stdout } = await node.run({ script: `[ ! -e ${run(`${folder}/boot`)} ] || echo yes\n` });
  return stdout.trim() === "yes";
}

/** Why such a run failed. */
export function neverBegan(node: string): string {
  return `nothing of it is on ${node}: its launch was killed before it began, or somebody removed it; run it again`;
}
