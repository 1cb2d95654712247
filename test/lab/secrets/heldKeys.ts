import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { privateKeyParts } from "../../support/secretSearch.ts";
import type { TestCluster } from "../../support/testCluster.ts";
import { nodeNames } from "../../support/testLab.ts";

/** The secrets that somebody made and nobody gives away: what the state is encrypted with, and all private keys. */
export async function heldKeys({
  prepared,
  lab,
  stack,
}: TestCluster): Promise<Record<string, string | Buffer>> {
  const variable = "PULUMI_CONFIG_PASSPHRASE_FILE";
  const passphrase = await readFile(prepared.env[variable] ?? process.env[variable] ?? "", "utf8");
  const files = {
    "first contact's key": join(lab.folder, "id_ed25519"),
    "cluster's key": join(homedir(), ".ssh/minirack", stack),
  };
  const own = Object.entries(files).map(
    async ([name, file]) => [name, await readFile(file, "utf8")] as const,
  );
  const nodeFiles = ["/home/rack/.ssh/minirack", "/etc/ssh/ssh_host_ed25519_key"];
  const ofNodes = nodeNames.flatMap((node) =>
    nodeFiles.map(async (file) => [`${node}'s ${file}`, await lab.on(node, `cat ${file}`)] as const),
  );
  const keys = await Promise.all([...own, ...ofNodes]);
  return Object.assign(
    { passphrase: passphrase.trim() },
    ...keys.map(([name, key]) => privateKeyParts(name, key)),
  );
}
