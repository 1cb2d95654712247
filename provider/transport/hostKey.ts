import { Client } from "ssh2";
import { NodeError } from "./nodeError.ts";

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
export function scanHostKey(address: Address, timeoutSeconds = 15): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", (error) => reject(unreachable(address, error)));
    client.on("close", () => reject(unreachable(address, new Error("the connection was closed"))));
    client.connect({
      host: address.host,
      port: address.port,
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

/** The error for a node that does not answer. */
export function unreachable(address: Address, error: Error): NodeError {
  return new NodeError({
    node: address.node,
    subject: "connect",
    expected: `sshd at ${address.host}:${address.port}`,
    found: error.message || String(error),
    remedy: `start the node or correct its host and port; to go on without it: --exclude '**::${address.node}-*'`,
  });
}
