import type { Target } from "./connect.ts";
import { lastLines, NodeError } from "./nodeError.ts";
import { NodeSession, type Script } from "./nodeSession.ts";

/** A node to type on: for runners and commands outside the provider. */
export interface OpenNode {
  /** Runs a script as the user; rejects with a NodeError when its exit code is not 0. */
  run(script: { script: string } & Omit<Script, "text" | "asRoot" | "lock">): Promise<{ stdout: string }>;
  close(): Promise<void>;
}

/**
 * A session with one node, its host key pinned.
 *
 * @example
 * const node = await openNode({ name: "mini1", connection });
 * const { stdout } = await node.run({ script: "uname -r" });
 */
export async function openNode(target: Target): Promise<OpenNode> {
  const session = new NodeSession(target);
  return {
    async run({ script, ...options }) {
      const { code, stdout, stderr } = await session.run({ text: script, ...options });
      if (code !== 0) throw scriptFailed(target.name, code, stderr);
      return { stdout };
    },
    close: () => session.close(),
  };
}

function scriptFailed(node: string, code: number, stderr: string): NodeError {
  return new NodeError({
    node,
    subject: "script",
    expected: "exit code 0",
    found: `exit code ${code}: ${lastLines(stderr)}`,
    remedy: "read the lines above; the node itself says what it lacked",
  });
}
