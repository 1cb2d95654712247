import { connect, type Socket } from "node:net";
import type { AcceptConnection, Client, ClientChannel, TcpConnectionDetails } from "ssh2";
import { NodeError } from "./nodeError.ts";

/** A port of a node's loopback that leads to a port of this controller's loopback. */
export interface ReverseForward {
  /** The node's, chosen by its sshd. */
  port: number;
  /** What has passed, both ways together. */
  bytes(): number;
  /** What the node's side has said so far, of at most a megabyte: of HTTP its requests. */
  said(): string;
  /** Nothing listens there afterwards. */
  close(): Promise<void>;
}

const keptBytes = 2 ** 20;

/** Opens one over a connection to a node. */
export async function reverseForward(
  connection: Client,
  { node, port: ours }: { node: string; port: number },
): Promise<ReverseForward> {
  const port = await new Promise<number>((resolve, reject) => {
    connection.forwardIn("127.0.0.1", 0, (error, chosen) => (error ? reject(error) : resolve(chosen)));
  }).catch((error: Error) => {
    throw refused(node, error);
  });
  const sockets: Socket[] = [];
  let said = "";
  const hear = (chunk: Buffer) => {
    if (said.length < keptBytes) said += chunk.toString("latin1");
  };
  const onConnection = (details: TcpConnectionDetails, accept: AcceptConnection<ClientChannel>) => {
    if (details.destPort !== port) return;
    sockets.push(carry(accept(), ours, hear));
  };
  connection.on("tcp connection", onConnection);
  return {
    port,
    bytes: () => sockets.reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0),
    said: () => said,
    close: async () => {
      connection.off("tcp connection", onConnection);
      for (const socket of sockets) socket.destroy();
      await unforward(connection, port);
    },
  };
}

/** With a connection that is gone its listener is gone too. */
function unforward(connection: Client, port: number): Promise<void> {
  return new Promise((resolve) => {
    const onEnd = () => {
      connection.off("close", onEnd);
      resolve();
    };
    connection.once("close", onEnd);
    try {
      connection.unforwardIn("127.0.0.1", port, onEnd);
    } catch {
      onEnd();
    }
  });
}

function carry(channel: ClientChannel, ours: number, hear: (chunk: Buffer) => void): Socket {
  const socket = connect({ host: "127.0.0.1", port: ours, noDelay: true });
  channel.on("data", hear);
  channel.pipe(socket).pipe(channel);
  socket.on("error", () => channel.destroy());
  channel.on("error", () => socket.destroy());
  channel.on("close", () => socket.destroy());
  return socket;
}

function refused(node: string, error: Error): NodeError {
  return new NodeError({
    node,
    subject: "forward",
    expected: "its sshd to forward a port to us",
    found: error.message,
    remedy: "set AllowTcpForwarding yes (or remote) in its sshd_config, and reload sshd",
  });
}
