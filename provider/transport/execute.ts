import { PassThrough, type Readable } from "node:stream";
import type { NodeSSH } from "node-ssh";
import { lineSplitter } from "./lineSplitter.ts";
import { LostConnection, NodeError } from "./nodeError.ts";

export { LostConnection };

/** What a command answered. */
export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command line with its stdin, for one channel of an open connection. */
export interface Execution {
  node: string;
  command: string;
  stdin: string;
  /** Follows stdin's text. When it fails, so does the command. */
  payload?: Readable | undefined;
  /** Leaves stdin open to the end, so that the command sees by its end that we are gone. */
  holdsStdin?: boolean | undefined;
  onLine?: ((line: string) => void) | undefined;
  timeoutSeconds?: number | undefined;
}

const defaultTimeoutSeconds = 1800;

/**
 * Runs one command. The library resolves when a session is cut and never settles when the peer is silent, so the
 * command races the connection's end and a limit, and a missing exit code is a lost connection.
 */
export function execute(ssh: NodeSSH, execution: Execution): Promise<Output> {
  const seconds = execution.timeoutSeconds ?? defaultTimeoutSeconds;
  const stdin = stdinOf(execution);
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      ssh.connection?.off("close", onClose);
      stdin.end(); // a script whose time is over ends with it
      execution.payload?.destroy();
      finish();
    };
    const onClose = () => settle(() => reject(lostConnection(execution.node)));
    const timer = setTimeout(
      () => settle(() => reject(new TooSlow(execution.node, seconds))),
      seconds * 1000,
    );
    ssh.connection?.once("close", onClose);
    execution.payload?.once("error", (error) => settle(() => reject(error)));
    const onStdout = execution.onLine && lineSplitter(execution.onLine);
    ssh
      .execCommand(execution.command, {
        stdin,
        noTrim: true,
        ...(onStdout && { onStdout }),
      })
      .then(({ code, stdout, stderr }) => {
        if (code === null) settle(() => reject(lostConnection(execution.node)));
        else settle(() => resolve({ code, stdout, stderr }));
      })
      .catch((error: unknown) => settle(() => reject(lostConnection(execution.node, String(error)))));
  });
}

function stdinOf({ stdin, payload, holdsStdin }: Execution): PassThrough {
  const stream = new PassThrough();
  if (holdsStdin || payload) stream.write(stdin);
  else stream.end(stdin);
  payload?.pipe(stream);
  return stream;
}

/** The error for a command whose connection ended before it did. */
export function lostConnection(node: string, detail = "a connection that ended before it"): LostConnection {
  return new LostConnection({
    node,
    subject: "connect",
    expected: "an answer to the end",
    found: detail,
    remedy: "see that the node is up, then run the command again: it goes on where it stopped",
  });
}

/** The command had not ended when its time was over. */
export class TooSlow extends NodeError {
  readonly seconds: number;

  constructor(node: string, seconds: number) {
    super({
      node,
      subject: "connect",
      expected: `an answer within ${seconds} s`,
      found: "none",
      remedy: "look at the node's load and network, then run the command again",
    });
    this.seconds = seconds;
  }
}
