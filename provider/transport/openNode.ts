import type { Writable } from "node:stream";
import type { Target } from "./connect.ts";
import type { Download } from "./download.ts";
import { lastLines, NodeError } from "./nodeError.ts";
import { NodeSession, type Script } from "./nodeSession.ts";
import type { ReverseForward } from "./reverseForward.ts";

type UserScript = { script: string } & Omit<Script, "text" | "asRoot" | "lock">;

/** A script whose stdout goes into a stream. */
export interface DownloadedScript extends Pick<Download, "silentSeconds" | "signal"> {
  script: string;
}

/** A node to type on: for runners and commands outside the provider. */
export interface OpenNode {
  /** Its name in the cluster file. */
  readonly name: string;
  /** Runs a script as the user; rejects with a NodeError when its exit code is not 0. */
  run(script: UserScript): Promise<{ stdout: string }>;
  /** The same, its stdout as bytes into a stream, which is ended with it; nothing of it is kept in memory. */
  download(script: DownloadedScript, sink: Writable): Promise<{ stderr: string }>;
  /** Lets the node's own loopback reach a port of this controller's, for as long as `close` was not called. */
  forwardIn(port: number): Promise<ReverseForward>;
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
    name: target.name,
    async run({ script, ...options }) {
      const { code, stdout, stderr } = await session.run({ text: script, ...options });
      if (code !== 0) throw scriptFailed(target.name, code, stderr);
      return { stdout };
    },
    async download({ script, ...options }, sink) {
      const { code, stderr } = await session.download({ text: script, sink, ...options });
      if (code !== 0) throw scriptFailed(target.name, code, stderr);
      return { stderr };
    },
    forwardIn: (port) => session.forwardIn(port),
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
