import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";

/** A key pair: the private half in OpenSSH's format, the public one as `type base64`. */
export interface SshKey {
  privateKey: string;
  publicKey: string;
}

/** A new ed25519 key. The library makes about one in 150 that it cannot read itself: those are thrown away. */
export function sshKey(): SshKey {
  for (;;) {
    const { private: privateKey } = ssh2.utils.generateKeyPairSync("ed25519");
    const parsed = ssh2.utils.parseKey(privateKey);
    if (parsed instanceof Error) continue;
    return { privateKey, publicKey: `${parsed.type} ${parsed.getPublicSSH().toString("base64")}` };
  }
}

/** Writes the private half where a connection's `identityFile` may point. */
export function writeIdentity(folder: string, key: SshKey): string {
  const path = join(folder, "id_ed25519");
  writeFileSync(path, key.privateKey, { mode: 0o600 });
  return path;
}
