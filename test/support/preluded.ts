import { join } from "node:path";
import { expect } from "vitest";
import { prelude } from "../../provider/shell/prelude.ts";
import { type NodeSandbox, nodeSandbox } from "./nodeSandbox.ts";

/** A node on which nothing was made yet, where lines may be typed after the prelude. */
export interface PreludedNode extends NodeSandbox {
  /** A path in the folder for what settings write. */
  at(...path: string[]): string;
  /** Runs the lines, which must succeed in silence; resolves with their stdout. */
  type(...lines: string[]): Promise<string>;
}

export function preluded(): PreludedNode {
  const sandbox = nodeSandbox();
  const type = async (...lines: string[]) => {
    const script = `${prelude}\nmkdir -p -m 0700 "$records"\n${lines.join("\n")}\n`;
    const { code, stdout, stderr } = await sandbox.run("sh -s", script);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  return { ...sandbox, at: (...path) => join(sandbox.root, ...path), type };
}
