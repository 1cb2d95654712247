import { type AnyAuthMethod, Client, type ConnectConfig, type ServerHostKeyAlgorithm } from "ssh2";
import { authentication } from "./authentication.ts";
import type { Connection, FirstContact } from "./connection.ts";
import { greetedSocket } from "./greetedSocket.ts";
import { hostKeyText, hostKeyTypes, unreachable } from "./hostKey.ts";
import { NodeError } from "./nodeError.ts";
import { isShed, Shed, withPatience } from "./patience.ts";

/** A node to connect to: its name for errors, and how it is reached. */
export interface Target {
  name: string;
  connection: Connection;
  firstContact?: FirstContact | undefined;
}

const connectTimeoutSeconds = 15;

/**
 * Opens one authenticated connection whose host key is the pinned one, or explains why it cannot.
 * @param signal ends the attempts
 */
export async function connect(target: Target, signal?: AbortSignal): Promise<Client> {
  try {
    return await withPatience(() => connectOnce(target), signal);
  } catch (error) {
    throw explain(target, error);
  }
}

async function connectOnce(target: Target): Promise<Client> {
  const { connection } = target;
  const { socket, refusal } = greetedSocket(connection);
  let shown = "";
  try {
    return await readyClient({
      sock: socket,
      username: connection.user,
      readyTimeout: connectTimeoutSeconds * 1000,
      keepaliveInterval: 5000,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: pinnedTypes(connection.hostKey) },
      hostVerifier: (key: Buffer) => {
        shown = hostKeyText(key);
        return shown === connection.hostKey;
      },
      authHandler: authentication(connection, target.firstContact) as AnyAuthMethod[],
    });
  } catch (error) {
    socket.destroy();
    if (shown !== "" && shown !== connection.hostKey) throw changedHostKey(target, shown);
    if (isShed(error)) throw new Shed(refusal(), error instanceof Error ? error.message : String(error));
    throw error;
  }
}

function readyClient(config: ConnectConfig): Promise<Client> {
  const client = new Client();
  return new Promise((resolve, reject) => {
    client.once("ready", () => resolve(client));
    client.on("error", reject); // later too: a silent peer's timeout must end commands, not the process
    client.once("close", () => reject(new Error("Connection lost before handshake")));
    client.connect(config);
  });
}

/** The pinned key's own type alone, so that a node with several keys shows that one. */
function pinnedTypes(hostKey: string): ServerHostKeyAlgorithm[] {
  const type = hostKey.split(" ")[0];
  if (type === "ssh-rsa") return ["rsa-sha2-512", "rsa-sha2-256"];
  const known = hostKeyTypes.find((candidate) => candidate === type);
  return known === undefined ? [...hostKeyTypes] : [known];
}

function explain({ name, connection }: Target, error: unknown): Error {
  if (error instanceof NodeError) return error;
  if (!/authentication methods failed/i.test(String(error))) {
    const { host, port } = connection;
    return unreachable({ node: name, host, port }, error);
  }
  return new NodeError({
    node: name,
    subject: "connect",
    expected: `user ${connection.user} to be let in with ${connection.identityFile}`,
    found: "a refusal",
    remedy: `give the node a firstContact (password or identityFile) in the cluster file, or put the public key into ${connection.user}'s authorized_keys there`,
  });
}

function changedHostKey({ name, connection }: Target, shown: string): NodeError {
  return new NodeError({
    node: name,
    subject: "host key",
    expected: connection.hostKey,
    found: shown,
    remedy: `if the node was installed anew, give its key as hostKey in the cluster file; if not, somebody may be in between: do not go on`,
  });
}
