import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { NodeSSH } from "node-ssh";
import type { ClientChannel } from "ssh2";
import { lostConnection, type Output } from "./execute.ts";

/** A script whose stdout goes into a stream. */
export interface Download {
  node: string;
  /** POSIX sh, fed over stdin. */
  text: string;
  sink: Writable;
  /** Ends it. */
  signal?: AbortSignal | undefined;
}

/** Runs a script, its stdout as bytes into the sink. A connection that is lost on the way is an error, as is a sink that fails. */
export async function download(ssh: NodeSSH, wanted: Download): Promise<Omit<Output, "stdout">> {
  const { node, text, sink, signal } = wanted;
  const channel = await opened(ssh, node);
  const stderr: Buffer[] = [];
  channel.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const onAbort = () => channel.close();
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort(); // while the channel was being opened
  try {
    channel.end(text);
    channel.pipe(sink);
    const [code] = await Promise.all([exitCode(ssh, channel, node), finished(sink)]);
    return { code, stderr: Buffer.concat(stderr).toString("utf8") };
  } finally {
    signal?.removeEventListener("abort", onAbort);
    channel.close();
  }
}

async function opened(ssh: NodeSSH, node: string): Promise<ClientChannel> {
  const { connection } = ssh;
  if (!connection) throw lostConnection(node);
  return await new Promise<ClientChannel>((resolve, reject) => {
    connection.exec("sh -s", (error, channel) => (error ? reject(error) : resolve(channel)));
  }).catch((error: Error) => {
    throw lostConnection(node, error.message);
  });
}

function exitCode(ssh: NodeSSH, channel: ClientChannel, node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(lostConnection(node));
    let code: number | null = null;
    ssh.connection?.once("close", onClose);
    channel.once("exit", (told: number | null) => {
      code = told;
    });
    channel.once("close", () => {
      ssh.connection?.off("close", onClose);
      if (code === null) reject(lostConnection(node));
      else resolve(code);
    });
  });
}
