import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { type LabNode, labNode, shellOf } from "./labNode.ts";

/**
 * An SSH session on a lab node as its first contact has it: the lab's key, else its password, read from its file. The
 * host keys are those that root reads on the node, and always checked.
 * @param command empty for a shell
 * @returns ssh's exit code
 */
export async function labSsh(name: string, command: string[], stack = "lab"): Promise<number> {
  const found = await labNode(stack, name);
  const folder = resolve(import.meta.dirname, "../../.minirack", stack);
  const user = (await readFile(join(folder, "firstBoot", name, "user"), "utf8")).trim();
  const knownHosts = join(folder, `knownHosts-${name}`);
  await writeFile(knownHosts, await hostKeys(found));
  const options = [
    ...["-p", String(found.port), "-i", join(folder, "id_ed25519")],
    ...["IdentitiesOnly=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHosts}`].flatMap(
      (one) => ["-o", one],
    ),
  ];
  const result = await execa("ssh", [...options, `${user}@127.0.0.1`, ...command], {
    stdio: "inherit",
    reject: false,
    env: {
      SSH_ASKPASS: join(import.meta.dirname, "askPassword.sh"),
      SSH_ASKPASS_REQUIRE: "force",
      MINIRACK_PASSWORD_FILE: join(folder, "password"),
    },
  });
  return result.exitCode ?? 255;
}

/** Lines for a known_hosts file. */
async function hostKeys(node: LabNode): Promise<string> {
  const { stdout } = await shellOf(node)({ input: "cat /etc/ssh/ssh_host_*_key.pub" });
  return stdout.replace(/^/gm, `[127.0.0.1]:${node.port} `).concat("\n");
}
