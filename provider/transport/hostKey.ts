import { Client } from "ssh2";
import { greetedSocket } from "./greetedSocket.ts";
import { Unreachable } from "./nodeError.ts";
import { isShed, Shed, withPatience } from "./patience.ts";

/** A host key as known_hosts writes it: `ssh-ed25519 AAAA…`. */
export function hostKeyText(key: Buffer): string {
  const typeLength = key.readUInt32BE(0);
  return `${key.subarray(4, 4 + typeLength).toString("latin1")} ${key.toString("base64")}`;
}

/** Where a node answers, before anything is known of it. */
export interface Address {
  node: string;
  host: string;
  port: number;
}

/** The types we ask for, strongest first; a pinned key's own type goes alone so that it is the one shown. */
export const hostKeyTypes = ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512"] as const;

/** The key that the node shows now. Stops before anybody logs in. */
export async function scanHostKey(address: Address, timeoutSeconds = 15): Promise<string> {
  try {
    return await withPatience(() => scanOnce(address, timeoutSeconds));
  } catch (error) {
    throw unreachable(address, error);
  }
}

function scanOnce(address: Address, timeoutSeconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const { socket, refusal } = greetedSocket(address);
    const fail = (error: Error) => reject(isShed(error) ? new Shed(refusal(), error.message) : error);
    client.on("error", fail);
    client.on("close", () => fail(new Error("Connection lost before handshake")));
    client.connect({
      sock: socket,
      username: "minirack",
      readyTimeout: timeoutSeconds * 1000,
      algorithms: { serverHostKey: [...hostKeyTypes] },
      hostVerifier: (key: Buffer) => {
        resolve(hostKeyText(key));
        return false;
      },
    });
  });
}

/** The error for a node that does not answer, or that hangs up. */
export function unreachable(address: Address, error: unknown): Unreachable {
  const { node, host, port } = address;
  const found = error instanceof Error ? error.message : String(error);
  const isBusy = error instanceof Shed && error.refusal !== "";
  const start = isBusy
    ? "look at MaxStartups and PerSourcePenalties in its sshd_config and at who else connects"
    : isUnknownName(error)
      ? `minirack does not read ~/.ssh/config: where \`ssh ${host}\` works, write what \`ssh -G ${host}\` says as hostname and port into the cluster file, as host and port`
      : "start the node or correct its host and port";
  return new Unreachable({
    node,
    subject: "connect",
    expected: `sshd at ${host}:${port}`,
    found: found || String(error),
    remedy: `${start}; to go on without it: --exclude '**::${node}-*'`,
  });
}

/** Whether the name is in no DNS and no hosts file; `ssh` may know it all the same. */
function isUnknownName(error: unknown): boolean {
  return /\bgetaddrinfo (ENOTFOUND|EAI_AGAIN)\b/.test(String(error));
}
