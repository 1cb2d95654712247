import type { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Client, ClientChannel } from "ssh2";
import { AfterGreeting, announced, withoutGreeting } from "./greeting.ts";
import { KeptEnd } from "./kept.ts";
import { Busy, LostConnection, NodeError } from "./nodeError.ts";
import { untilSilent } from "./silence.ts";

/** A command line for one channel of an open connection, and where its stdout goes. */
export interface Call {
  node: string;
  command: string;
  stdin: string;
  /** Follows stdin's text. When it fails, so does the call. */
  payload?: Readable | undefined;
  /** Leaves stdin open to the end, so that the command sees by its end that we are gone. */
  holdsStdin?: boolean | undefined;
  /** When it fails, so does the call. */
  sink: Writable;
  timeoutSeconds?: number | undefined;
  /** How long it may say nothing, and take nothing of the payload. */
  silentSeconds?: number | undefined;
  /** Ends it. */
  signal?: AbortSignal | undefined;
}

/** What a command answered. */
export interface Output {
  code: number;
  stdout: string;
  /** The end of it. */
  stderr: string;
}

/** How a call ended. */
export interface CallEnd extends Omit<Output, "stdout"> {
  /** What the login shell printed before the command; empty where it prints nothing, as it should. */
  greeting: string;
}

const stderrBytes = 2 ** 20;

/** Runs a command. However that ends, nothing of the channel is left, and what feeds it is closed. */
export async function call(client: Client, wanted: Call): Promise<CallEnd> {
  const { broken, release } = untilBroken(client, wanted);
  let channel: ClientChannel | undefined;
  try {
    channel = await Promise.race([opened(client, wanted), broken]);
    return await Promise.race([heard(channel, wanted), broken]);
  } finally {
    release();
    channel?.end(); // a script that holds on to its stdin ends with it
    channel?.close();
    wanted.payload?.destroy();
  }
}

async function heard(channel: ClientChannel, wanted: Call): Promise<CallEnd> {
  const { node, sink } = wanted;
  const stdout = new AfterGreeting();
  const stderr = new KeptEnd(stderrBytes);
  channel.on("error", () => {}); // its end says all there is to say
  channel.pipe(stdout).pipe(sink);
  channel.stderr.pipe(stderr);
  const code = exitCode(channel, node);
  feed(channel, wanted);
  const known = await unlessSilent(channel, wanted, async () => {
    const [told] = await Promise.all([code, finished(sink)]);
    return told;
  });
  if (!stdout.hasBegun) throw noShell(node, known, stdout.greeting || stderr.text);
  return { code: known, stderr: withoutGreeting(stderr.text), greeting: stdout.greeting };
}

async function unlessSilent<Result>(
  channel: ClientChannel,
  { node, payload, silentSeconds, sink }: Call,
  work: () => Promise<Result>,
): Promise<Result> {
  if (silentSeconds === undefined) return await work();
  const { silent, release } = untilSilent(payload ? [channel, payload] : [channel], {
    node,
    silentSeconds,
    sink,
  });
  return await Promise.race([work(), silent]).finally(release);
}

function feed(channel: ClientChannel, { stdin, payload, holdsStdin, signal }: Call): void {
  const end = () => channel.close();
  if (signal?.aborted) end(); // while the channel was being opened
  signal?.addEventListener("abort", end, { once: true });
  channel.once("close", () => signal?.removeEventListener("abort", end));
  if (holdsStdin || payload) channel.write(stdin);
  else channel.end(stdin);
  payload?.pipe(channel);
}

async function opened(client: Client, { node, command }: Call): Promise<ClientChannel> {
  return await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(announced(command), (error, channel) => (error ? reject(error) : resolve(channel)));
  }).catch((error: Error) => {
    throw lostConnection(node, error.message);
  });
}

/** A missing exit code is a lost connection: exit code 0 alone may be a session that was cut. */
function exitCode(channel: ClientChannel, node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let code: number | null = null;
    channel.once("exit", (told: number | null) => {
      code = told;
    });
    channel.once("close", () => (code === null ? reject(lostConnection(node)) : resolve(code)));
  });
}

/** Rejects when the connection ends, what is sent fails, or the time is over: a channel never settles by itself when the peer is silent. */
function untilBroken(client: Client, { node, payload, timeoutSeconds }: Call) {
  let release = () => {};
  const broken = new Promise<never>((_resolve, reject) => {
    const onClose = () => reject(lostConnection(node));
    const onTime = (seconds: number) => () => reject(new TooSlow(node, seconds));
    const timer =
      timeoutSeconds === undefined ? undefined : setTimeout(onTime(timeoutSeconds), timeoutSeconds * 1000);
    client.once("close", onClose);
    payload?.once("error", reject);
    release = () => {
      clearTimeout(timer);
      client.off("close", onClose);
    };
  });
  broken.catch(() => {}); // the race is over by then
  return { broken, release };
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
export class TooSlow extends Busy {
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

function noShell(node: string, code: number, said: string): NodeError {
  return new NodeError({
    node,
    subject: "login shell",
    expected: "it to run a command",
    found: `exit code ${code}${said.trim() === "" ? "" : `: ${said.trim()}`}`,
    remedy: "see what its startup files do (.bashrc, .profile), or give the user another shell: sudo chsh",
  });
}
