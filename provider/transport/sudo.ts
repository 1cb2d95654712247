import type { NodeSSH } from "node-ssh";
import type { Target } from "./connect.ts";
import { execute } from "./execute.ts";
import { lastLines, NodeError } from "./nodeError.ts";
import { registerSecret } from "./redact.ts";

/** How the user becomes root. */
export interface Sudo {
  /** What goes before a command. */
  prefix: string[];
  /** Whether this connection's first sudo is the user's first ever: then sudo leaves a file in their home for us. */
  isFirst: boolean;
}

const probeScript = '[ -e "$HOME/.sudo_as_admin_successful" ] || echo first; exec sudo -n true';

/**
 * How this user becomes root, probed once per connection. With a password, `-k` makes sudo read it every time:
 * otherwise a remembered login would leave the password line to the shell.
 */
export async function probeSudo(ssh: NodeSSH, target: Target): Promise<Sudo> {
  const { name, connection } = target;
  if (connection.user === "root") return { prefix: [], isFirst: false };
  const probe = await execute(ssh, { node: name, command: "sh -s", stdin: probeScript, timeoutSeconds: 30 });
  const isFirst = probe.stdout.includes("first");
  if (probe.code === 0) return { prefix: ["sudo", "-n"], isFirst };
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
  return { prefix, isFirst };
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
