import { redact } from "./redact.ts";

/** What a person needs to act on a failure on a node. */
export interface NodeFailure {
  /** The node's name in the cluster file. */
  node: string;
  /** What was being done there: a setting's key, `connect`, `sudo` … */
  subject: string;
  expected: string;
  found: string;
  remedy: string;
}

/** `node mini1: packages: expected …, got …; remedy`, with secrets redacted. */
export class NodeError extends Error {
  override readonly name = "NodeError";
  readonly failure: NodeFailure;

  constructor(failure: NodeFailure) {
    const { node, subject, expected, found, remedy } = failure;
    super(redact(`node ${node}: ${subject}: expected ${expected}, got ${found}; ${remedy}`));
    this.failure = failure;
  }
}

/** The node cannot be reached at all: off, silent, or nobody listens. */
export class Unreachable extends NodeError {}

/** The connection ended before the command did; whether the command ended is not known. */
export class LostConnection extends NodeError {}

/** Somebody else has the node's time or its lock: another try may do. */
export class Busy extends NodeError {}

/** We were told to stop. */
export class Cancelled extends NodeError {}

/** The error for work that a cancel ended. */
export function cancelled(node: string): Cancelled {
  return new Cancelled({
    node,
    subject: "cancel",
    expected: "to go on to the end",
    found: "a cancel",
    remedy: "run the command again: it goes on where it stopped",
  });
}

const longestRefusal = 4096;

/** The node's own refusal, its last words: `expected …, got …; …`. It is the whole error then. */
export function ownRefusal(stderr: string): Pick<NodeFailure, "expected" | "found" | "remedy"> | undefined {
  const match = /(?:^|\n)expected ((?:(?!\nexpected )[\s\S])+?), got ([^;]+); (.+)$/.exec(
    lastLines(stderr.slice(-longestRefusal)),
  );
  const [, expected, found, remedy] = match ?? [];
  return expected && found && remedy ? { expected, found, remedy } : undefined;
}

/** The last `count` lines that say something, for an error text. */
export function lastLines(text: string, count = 5): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
