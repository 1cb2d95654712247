import { join } from "node:path";
import { execa } from "execa";
import { labContainer } from "./labContainers.ts";

const script = join(import.meta.dirname, "../../lab/snapshot.sh");

/** A canonical text of all that provisioning may touch on a lab node; equal texts, equal nodes. */
export async function labSnapshot(name: string, stack = "lab"): Promise<string> {
  const { container } = await labContainer(stack, name);
  const { stdout } = await execa("docker", ["exec", "-i", container, "sh", "-s"], { inputFile: script });
  return `${stdout}\n`;
}
