import { createServer, type Server, type Socket } from "node:net";
import ssh2, { type ServerChannel, type Connection as ServerConnection, type Session } from "ssh2";
import { onTestFinished } from "vitest";
import type { Target } from "../../provider/transport/connect.ts";
import type { Connection } from "../../provider/transport/connection.ts";
import { announced, openingMark } from "../../provider/transport/greeting.ts";
import type { ShellOutput } from "./realShell.ts";
import { type SshKey, sshKey, writeIdentity } from "./sshKey.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** A command that arrived, whole with its stdin. */
export interface Asked {
  command: string;
  stdin: string;
  /** stdin as it came. */
  bytes: Buffer;
}

/** What the node does with a command: an answer, silence, half an answer, a session that is killed, a connection that is cut. */
export type Reaction = ShellOutput | "silent" | "halted" | "killed" | "cut";

/** How a scripted node behaves. */
export interface ScriptedNodeOptions {
  name?: string;
  user?: string;
  password?: string;
  react: (asked: Asked) => Reaction | Promise<Reaction>;
  /** What the user's login shell prints before every command. */
  greeting?: string;
  /** Whether it forwards ports of its own to whoever is connected. */
  forwards?: boolean;
}

/** An sshd in this process that counts what reaches it. */
export class ScriptedNode {
  readonly asked: Asked[] = [];
  readonly hostKey: SshKey = sshKey();
  connections = 0;
  mostChannels = 0;
  port = 0;
  /** Ports of its own that lead to somebody, and to whom. */
  readonly forwarded = new Map<number, ServerConnection>();
  /** Channels that nobody has closed yet. */
  openChannels = 0;
  private channels = 0;
  private readonly open = new Set<ServerConnection>();
  private readonly clientKey = sshKey();
  private readonly identityFile = writeIdentity(temporaryFolder(), this.clientKey);
  private readonly options: ScriptedNodeOptions;
  private readonly ssh: ssh2.Server;
  private readonly server: Server;

  constructor(options: ScriptedNodeOptions) {
    this.options = options;
    const hostKeys = [this.hostKey.privateKey];
    this.ssh = new ssh2.Server({ hostKeys }, (client) => this.welcome(client));
    this.server = createServer({ noDelay: true }, (socket) => this.take(socket)); // as sshd does
  }

  /** The scripts among what was asked: what came over stdin. */
  get scripts(): string[] {
    return this.asked
      .map(({ stdin }) => stdin)
      .filter((stdin) => /^main (9<&0 )?<\/dev\/null(; exit)?$/m.test(stdin));
  }

  /** How to connect to it. */
  target(changes: Partial<Connection> = {}): Target {
    const { port, identityFile } = this;
    const user = this.options.user ?? "rack";
    const hostKey = this.hostKey.publicKey;
    const connection = { host: "127.0.0.1", port, user, identityFile, hostKey, ...changes };
    return { name: this.options.name ?? "mini1", connection };
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("expected a port of the loopback");
    this.port = address.port;
  }

  /** Ends every connection and no longer answers. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    this.cut();
    await closed;
  }

  /** Ends every connection; new ones are let in. */
  cut(): void {
    for (const client of this.open) client.end();
  }

  /** Serves a connection that another port took. */
  take(socket: Socket): void {
    this.ssh.injectSocket(socket);
  }

  /** Whether nobody is connected. */
  isIdle(): boolean {
    return this.open.size === 0;
  }

  private welcome(client: ServerConnection): void {
    this.connections++;
    this.open.add(client);
    client.on("error", () => {});
    client.on("close", () => this.open.delete(client));
    client.on("authentication", (context) => {
      if (this.mayEnter(context)) context.accept();
      else context.reject(["publickey", "password"]);
    });
    client.on("request", (accept, reject, name, { bindPort }) => {
      if (!this.options.forwards) reject?.();
      else if (name === "tcpip-forward") accept?.(this.forward(client));
      else accept?.(void this.forwarded.delete(bindPort));
    });
    client.on("session", (accept) => this.serve(accept()));
  }

  private forward(client: ServerConnection): number {
    const port = 40_000 + this.forwarded.size;
    this.forwarded.set(port, client);
    return port;
  }

  /** Connects to a port of its own that it forwards. */
  knock(port: number): Promise<ServerChannel> {
    return new Promise((resolve, reject) => {
      const to = this.forwarded.get(port);
      if (to === undefined) return reject(new Error(`nobody asked for port ${port}`));
      to.forwardOut("127.0.0.1", port, "127.0.0.1", 1, (error, channel) =>
        error ? reject(error) : resolve(channel),
      );
    });
  }

  private mayEnter(context: ssh2.AuthContext): boolean {
    if (context.method === "password") return context.password === this.options.password;
    if (context.method !== "publickey") return false;
    return context.key.data.equals(Buffer.from(this.clientKey.publicKey.split(" ")[1] ?? "", "base64"));
  }

  private serve(session: Session): void {
    this.channels++;
    this.mostChannels = Math.max(this.mostChannels, this.channels);
    session.on("close", () => this.channels--);
    session.on("exec", (accept, _reject, { command }) => this.execute(accept(), command));
  }

  private execute(channel: ServerChannel, command: string): void {
    this.openChannels++;
    channel.on("close", () => this.openChannels--);
    let stdin = "";
    let isAnswered = false;
    const react = async () => {
      if (isAnswered) return;
      isAnswered = true;
      const bytes = Buffer.from(stdin, "latin1");
      const asked = { command: heard(command), bytes, stdin: bytes.toString("utf8") };
      this.asked.push(asked);
      this.answer(channel, await this.options.react(asked), command !== asked.command);
    };
    channel.on("data", (chunk: Buffer) => {
      stdin += chunk.toString("latin1");
      if (stdin.endsWith("; exit\n")) void react(); // a change's script, whose stdin stays open
    });
    channel.on("end", react);
  }

  private answer(channel: ServerChannel, reaction: Reaction, isAnnounced: boolean): void {
    if (reaction === "silent") return;
    if (reaction === "cut") {
      this.cut();
      return;
    }
    channel.write(this.options.greeting ?? ""); // its login shell does
    if (isAnnounced) for (const stream of [channel, channel.stderr]) stream.write(openingMark);
    if (reaction === "halted") {
      channel.write("half an ans");
      return;
    }
    if (reaction === "killed") {
      channel.end("half an ans");
      return;
    }
    channel.stderr.write(reaction.stderr);
    channel.write(reaction.stdout);
    channel.exit(reaction.code ?? 255);
    channel.end();
  }
}

/** A command without what announces it. */
function heard(command: string): string {
  const announcement = announced("");
  return command.startsWith(announcement) ? command.slice(announcement.length) : command;
}

/** A node that listens until the running test ends. */
export async function scriptedNode(options: ScriptedNodeOptions): Promise<ScriptedNode> {
  const node = new ScriptedNode(options);
  await node.start();
  onTestFinished(() => node.stop());
  return node;
}

/** An answer without errors. */
export function says(stdout: string): ShellOutput {
  return { code: 0, stdout, stderr: "" };
}
