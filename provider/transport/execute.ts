import type { Client } from "ssh2";
import { type Call, type CallEnd, call, type Output } from "./channel.ts";
import { Kept, KeptEnd } from "./kept.ts";
import { lineSplitter } from "./lineSplitter.ts";
import { NodeError } from "./nodeError.ts";

/** A command line whose answer is kept. */
export interface Execution extends Omit<Call, "sink"> {
  /** Gets each line of stdout as it comes; of stdout the end alone is kept then. */
  onLine?: ((line: string) => void) | undefined;
  /** How long its answer may be; more than any that we wait for unless given. */
  limitBytes?: number | undefined;
}

/** How long a script may take that is given no time. */
export const usualSeconds = 1800;
const usualBytes = 16 * 2 ** 20;
const endBytes = 2 ** 20;

/** Runs one command and keeps what it says, which is bounded: a node may say anything. */
export async function execute(client: Client, execution: Execution): Promise<CallEnd & Output> {
  const { node, onLine, limitBytes = usualBytes, timeoutSeconds = usualSeconds } = execution;
  const sink =
    onLine === undefined
      ? new Kept(limitBytes, () => tooMuch(node, limitBytes))
      : new KeptEnd(endBytes, lineSplitter(onLine));
  const end = await call(client, { ...execution, timeoutSeconds, sink });
  return { ...end, stdout: sink.text };
}

function tooMuch(node: string, limitBytes: number): NodeError {
  return new NodeError({
    node,
    subject: "connect",
    expected: `an answer of at most ${limitBytes / 2 ** 20} MiB`,
    found: "more",
    remedy: "see what on the node prints so much; what it asked for was ended",
  });
}
