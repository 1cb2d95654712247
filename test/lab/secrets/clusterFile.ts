import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { SecretReference } from "../../../config/secret.ts";
import { root } from "../../../scripts/lab/labStack.ts";

/** Path of the cluster file, which the test writes anew for each change of a secret's place. */
export const clusterFile = ".minirack/test/labs-cluster.yaml";

/** Port base of the lab. */
export const portBase = 2900;

/** What differs from one declaration to the next. */
export interface Declared {
  /** What mini1 is called: a word that is no secret, and so is found wherever names go. */
  name: string;
  sudoPassword: SecretReference;
  firstPassword: SecretReference;
  redisPassword: SecretReference;
}

/** Writes the cluster file: a node for each kind of secret, and little to do on them. */
export async function declare({ name, redisPassword, ...given }: Declared): Promise<void> {
  const identityFile = "../labs/id_ed25519";
  const nodes = [
    { ...reachedAt(1), name, firstContact: { identityFile }, redis: { password: redisPassword } },
    { ...reachedAt(2), firstContact: { identityFile }, sudoPassword: given.sudoPassword },
    { ...reachedAt(3), firstContact: { password: given.firstPassword } },
  ];
  const files = { "/srv/minirack/readme.txt": { content: "Files are no place for secrets.\n" } };
  await writeFile(join(root, clusterFile), stringify({ user: "rack", files, nodes }));
}

function reachedAt(number: number) {
  const linkAddress = { eth1: `172.31.9.1${number}/24` };
  return { name: `mini${number}`, host: "127.0.0.1", port: portBase + number, linkAddress };
}
