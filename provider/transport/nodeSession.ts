import type { NodeSSH } from "node-ssh";
import { Channels } from "./channels.ts";
import { connect, type Target } from "./connect.ts";
import type { FirstContact } from "./connection.ts";
import { execute, type Output } from "./execute.ts";
import { NodeError } from "./nodeError.ts";
import { probeSudo, type Sudo } from "./sudo.ts";

/** A script to run on a node. */
export interface Script {
  /** POSIX sh, fed over stdin: never part of a command line. */
  text: string;
  /** Runs as root. */
  asRoot?: boolean;
  /** Name of a lock on the node, held while the script runs, so that two processes keep apart. */
  lock?: string | undefined;
  onLine?: ((line: string) => void) | undefined;
  timeoutSeconds?: number | undefined;
}

/** sshd allows 10 sessions per connection; two are left for whoever else shares it. */
const channelLimit = 8;

const asUser: Sudo = { prefix: [], isFirst: false };

/** One SSH connection to one node, opened at first use and opened again when it was lost. */
export class NodeSession {
  /** How many scripts were sent; the promise is one per node for a refresh. */
  scriptsRun = 0;
  private readonly target: Target;
  private readonly channels = new Channels(channelLimit);
  private ssh: Promise<NodeSSH> | undefined;
  private sudo: Promise<Sudo> | undefined;

  constructor(target: Target) {
    this.target = { ...target };
  }

  get name(): string {
    return this.target.name;
  }

  /** Runs the script; rejects with a NodeError unless the node could be reached. The exit code is the caller's. */
  run(script: Script): Promise<Output> {
    return this.channels.use(async () => {
      const ssh = await this.connected();
      const { prefix, isFirst } = script.asRoot ? await this.probed(ssh) : asUser;
      this.scriptsRun++;
      const lock = script.lock === undefined ? [] : lockArguments(script.lock);
      const command = [...prefix, ...lock, "sh", "-s"].join(" ");
      const stdin = this.passwordLine(prefix) + (isFirst ? "first_sudo=yes\n" : "") + script.text;
      return await execute(ssh, { ...script, node: this.name, command, stdin });
    });
  }

  /** What may let us in although the cluster's key does not. */
  offer(firstContact: FirstContact | undefined): void {
    this.target.firstContact ??= firstContact;
  }

  async close(): Promise<void> {
    const ssh = await this.ssh?.catch(() => undefined);
    this.ssh = undefined;
    ssh?.dispose();
  }

  private connected(): Promise<NodeSSH> {
    this.ssh ??= this.dial().then((ssh) => {
      ssh.connection?.once("close", () => this.forget());
      return ssh;
    });
    this.ssh.catch(() => this.forget());
    return this.ssh;
  }

  /** A refusal is final only when nothing was offered while we were being refused. */
  private async dial(): Promise<NodeSSH> {
    const tried = this.target.firstContact;
    try {
      return await connect({ ...this.target });
    } catch (error) {
      if (tried !== undefined || this.target.firstContact === undefined) throw error;
      return await connect({ ...this.target });
    }
  }

  private forget(): void {
    this.ssh = undefined;
    this.sudo = undefined;
  }

  private probed(ssh: NodeSSH): Promise<Sudo> {
    this.sudo ??= probeSudo(ssh, this.target);
    return this.sudo;
  }

  private passwordLine(prefix: string[]): string {
    if (!prefix.includes("-S")) return "";
    return `${this.target.connection.sudoPassword}\n`;
  }
}

/** flock -o closes the lock in the child: a daemon started by apt must not hold it for ever. */
function lockArguments(lock: string): string[] {
  return ["flock", "-o", "-w", "600", "-E", "75", `/run/minirack-${lock}.lock`];
}

/** The error for a lock that another process held to the end of our patience (flock's exit code 75). */
export function lockHeld(node: string, lock: string): NodeError {
  return new NodeError({
    node,
    subject: lock,
    expected: `the lock /run/minirack-${lock}.lock within 600 s`,
    found: "another minirack process that holds it",
    remedy: "wait until it has ended, then run the command again",
  });
}
