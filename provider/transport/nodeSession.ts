import { setMaxListeners } from "node:events";
import type { Readable } from "node:stream";
import type { Client } from "ssh2";
import { run as command, quote } from "../shell/command.ts";
import type { CallEnd, Output } from "./channel.ts";
import { Channels } from "./channels.ts";
import { connect, type Target } from "./connect.ts";
import type { FirstContact } from "./connection.ts";
import { type Download, download } from "./download.ts";
import { execute, usualSeconds } from "./execute.ts";
import { limits } from "./limits.ts";
import { Busy, cancelled, type NodeError } from "./nodeError.ts";
import { type ReverseForward, reverseForward } from "./reverseForward.ts";
import { probeSudo, type Sudo } from "./sudo.ts";

/** A script to run on a node. */
export interface Script {
  /** POSIX sh, fed over stdin: never part of a command line. */
  text: string;
  /** Runs as root. */
  asRoot?: boolean;
  /** Name of a lock on the node, held while the script runs, so that two processes keep apart. */
  lock?: string | undefined;
  /** Leaves stdin open while it runs, so that `hold_lifeline` on the node sees when we are gone. */
  holdsStdin?: boolean | undefined;
  /** What the script reads from stdin; the script itself, which is no secret then, goes in the command line. */
  payload?: Readable | undefined;
  /** Gets each line of stdout as it comes; of stdout the end alone is kept then. */
  onLine?: ((line: string) => void) | undefined;
  /** How long its answer may be, in bytes. */
  limitBytes?: number | undefined;
  timeoutSeconds?: number | undefined;
  /** How long it may say nothing, and take nothing of the payload. */
  silentSeconds?: number | undefined;
}

/** sshd allows 10 sessions per connection; two are left for whoever else shares it. */
const channelLimit = 8;

const asUser: Sudo = { prefix: [], isFirst: false };

/** One SSH connection to one node, opened at first use and opened again when it was lost. */
export class NodeSession {
  /** How many scripts were sent; the promise is one per node for a refresh. */
  scriptsRun = 0;
  /** What the user's login shell prints before every command; nothing of it is in any answer. */
  greeting = "";
  private readonly target: Target;
  private readonly channels = new Channels(channelLimit);
  private ssh: Promise<Client> | undefined;
  private sudo: Promise<Sudo> | undefined;
  private readonly closing = new AbortController();

  constructor(target: Target) {
    this.target = { ...target };
    setMaxListeners(0, this.closing.signal); // one for each script in flight
  }

  get name(): string {
    return this.target.name;
  }

  /** Runs the script; rejects with a NodeError unless the node could be reached. The exit code is the caller's. */
  run(script: Script): Promise<Output> {
    return this.unlessClosed(() => this.channels.use(() => this.runNow(script)));
  }

  /** Resolves when a script of root's would start at once; rejects as `run` would. */
  async ready(): Promise<void> {
    await this.unlessClosed(async () => this.probed(await this.connected()));
  }

  /** Runs a script as the user, its stdout as bytes into a stream; the exit code is the caller's. */
  download(wanted: Omit<Download, "node">): Promise<CallEnd> {
    const from = async () => download(await this.connected(), { node: this.name, ...wanted });
    return this.unlessClosed(() => this.channels.use(from));
  }

  /** A port of the node's loopback that leads to one of ours. */
  forwardIn(port: number): Promise<ReverseForward> {
    return this.unlessClosed(async () => reverseForward(await this.connected(), { node: this.name, port }));
  }

  private async runNow(script: Script): Promise<Output> {
    const ssh = await this.connected();
    const { prefix, isFirst } = script.asRoot ? await this.probed(ssh) : asUser;
    this.scriptsRun++;
    const lock = script.lock === undefined ? [] : lockArguments(script);
    const session = script.holdsStdin ? ["setsid", "-w"] : untilGivenUp(script); // a process group to end as one
    const shell = script.payload === undefined ? ["sh", "-s"] : ["sh", "-c", quote(script.text)];
    const command = [...prefix, ...lock, ...session, ...shell].join(" ");
    const text = script.payload === undefined ? variables(isFirst) + script.text : "";
    const stdin = this.passwordLine(prefix) + text;
    const { greeting, ...output } = await execute(ssh, { ...script, node: this.name, command, stdin });
    this.greeting ||= greeting;
    return output;
  }

  /** What is in flight when the session is closed ends as cancelled, at once and even where the node is silent. */
  private unlessClosed<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this.closing;
    return new Promise((resolve, reject) => {
      const onClose = () => reject(cancelled(this.name));
      if (signal.aborted) return onClose();
      signal.addEventListener("abort", onClose, { once: true });
      work()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", onClose));
    });
  }

  /** What may let us in although the cluster's key does not. */
  offer(firstContact: FirstContact | undefined): void {
    this.target.firstContact ??= firstContact;
  }

  /** Ends the connection and what runs on it; the session is of no more use. */
  async close(): Promise<void> {
    this.closing.abort();
    const ssh = this.ssh;
    this.forget();
    ssh?.then((open) => open.end()).catch(() => {}); // one that is still being opened is not waited for
  }

  private connected(): Promise<Client> {
    this.ssh ??= this.dial().then((ssh) => {
      ssh.once("close", () => this.forget());
      return ssh;
    });
    this.ssh.catch(() => this.forget());
    return this.ssh;
  }

  /** A refusal is final only when nothing was offered while we were being refused. */
  private async dial(): Promise<Client> {
    const tried = this.target.firstContact;
    try {
      return await connect({ ...this.target }, this.closing.signal);
    } catch (error) {
      if (tried !== undefined || this.target.firstContact === undefined) throw error;
      return await connect({ ...this.target }, this.closing.signal);
    }
  }

  private forget(): void {
    this.ssh = undefined;
    this.sudo = undefined;
  }

  private probed(ssh: Client): Promise<Sudo> {
    this.sudo ??= probeSudo(ssh, this.target);
    this.sudo.catch(() => {
      this.sudo = undefined; // a node that was too busy may answer the next time
    });
    return this.sudo;
  }

  private passwordLine(prefix: string[]): string {
    if (!prefix.includes("-S")) return "";
    return `${this.target.connection.sudoPassword}\n`;
  }
}

/** What a script knows of us. */
function variables(isFirst: boolean): string {
  const { lockSeconds, isFullCheck } = limits();
  const lines = [`lock_seconds=${lockSeconds}`, ...(isFirst ? ["first_sudo=yes"] : [])];
  return [...lines, ...(isFullCheck ? ["full_check=yes"] : []), ""].join("\n");
}

/** A script that does not see us go, by its stdin, ends on the node when we have given it up. */
function untilGivenUp({ timeoutSeconds = usualSeconds }: Script): string[] {
  return ["timeout", "-k", "5", String(Math.ceil(timeoutSeconds) + 5)];
}

/** flock -o closes the lock in the child: a daemon started by apt must not hold it for ever. */
function lockArguments({ lock = "", timeoutSeconds = Number.POSITIVE_INFINITY }: Script): string[] {
  // A wait that outlived our patience would begin the script when nobody wants it any more; ended before, it says why.
  const seconds = Math.min(limits().lockSeconds, Math.max(1, timeoutSeconds - 1));
  const wait = ["flock", "-o", "-w", String(seconds), "-E", "75", lockPath(lock)];
  return [command("sh", "-c", `mkdir -p -m 0700 ${lockFolder} && exec "$@"`, "sh"), ...wait];
}

/** Whoever can read a lock can hold it: nobody but root may. */
const lockFolder = "/run/minirack";

function lockPath(lock: string): string {
  return `${lockFolder}/${lock}.lock`;
}

/** The error for a lock that another process held to the end of our patience (flock's exit code 75). */
export function lockHeld(node: string, lock: string, timeoutSeconds = limits().lockSeconds): NodeError {
  return new Busy({
    node,
    subject: lock,
    expected: `the lock ${lockPath(lock)} within ${Math.min(limits().lockSeconds, timeoutSeconds)} s`,
    found: "another process that holds it",
    remedy: `see on the node which it is (sudo fuser -v ${lockPath(lock)}), wait until it has ended, then run the command again`,
  });
}
