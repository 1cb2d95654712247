import type { NodeSSH } from "node-ssh";
import type { Target } from "./connect.ts";
import { execute } from "./execute.ts";
import { lastLines, NodeError } from "./nodeError.ts";
import { registerSecret } from "./redact.ts";

/**
 * How this user becomes root, probed once per connection. With a password, `-k` makes sudo read it every time:
 * otherwise a remembered login would leave the password line to the shell.
 */
export async function sudoPrefix(ssh: NodeSSH, target: Target): Promise<string[]> {
  const { name, connection } = target;
  if (connection.user === "root") return [];
  const probe = await execute(ssh, { node: name, command: "sudo -n true", stdin: "", timeoutSeconds: 30 });
  if (probe.code === 0) return ["sudo", "-n"];
  if (connection.sudoPassword === undefined) throw noPassword(target, probe.stderr);
  registerSecret(connection.sudoPassword);
  const prefix = ["sudo", "-k", "-S", "-p", "''"];
  const stdin = `${connection.sudoPassword}\n`;
  const check = await execute(ssh, {
    node: name,
    command: [...prefix, "true"].join(" "),
    stdin,
    timeoutSeconds: 30,
  });
  if (check.code !== 0) throw wrongPassword(target);
  return prefix;
}

function noPassword({ name, connection }: Target, stderr: string): NodeError {
  return new NodeError({
    node: name,
    subject: "sudo",
    expected: `user ${connection.user} to use sudo without a password`,
    found: lastLines(stderr, 1),
    remedy: "give the node a sudoPassword in the cluster file",
  });
}

function wrongPassword({ name, connection }: Target): NodeError {
  return new NodeError({
    node: name,
    subject: "sudo",
    expected: `the sudoPassword of user ${connection.user} to be right`,
    found: "a refusal",
    remedy: "correct sudoPassword in the cluster file or in the stack's configuration",
  });
}
