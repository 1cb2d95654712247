import { join } from "node:path";
import { labNode, shellOf } from "./labNode.ts";

const script = join(import.meta.dirname, "../../lab/snapshot.sh");

/** A canonical text of all that provisioning may touch on a lab node; equal texts, equal nodes. */
export async function labSnapshot(name: string, stack = "lab"): Promise<string> {
  const { stdout } = await shellOf(await labNode(stack, name), "-s")({ inputFile: script });
  return `${stdout}\n`;
}
