import type { Writable } from "node:stream";
import type { Client } from "ssh2";
import { type CallEnd, call } from "./channel.ts";

/** A script whose stdout goes into a stream. */
export interface Download {
  node: string;
  /** POSIX sh, fed over stdin. */
  text: string;
  sink: Writable;
  /** How long it may say nothing. */
  silentSeconds?: number | undefined;
  /** Ends it. */
  signal?: AbortSignal | undefined;
}

/** What packs or prints a file has something to say all the time: a node is silent for so long that hangs, or whose disk does. */
export const hangingSeconds = 120;

/** Runs a script, its stdout as bytes into the sink. A connection that is lost on the way is an error, as is a sink that fails. */
export function download(client: Client, { text, ...wanted }: Download): Promise<CallEnd> {
  return call(client, { ...wanted, command: "sh -s", stdin: text });
}
