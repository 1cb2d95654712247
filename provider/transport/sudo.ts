import type { Client } from "ssh2";
import { run } from "../shell/command.ts";
import type { Output } from "./channel.ts";
import type { Target } from "./connect.ts";
import { execute } from "./execute.ts";
import { lastLines, NodeError } from "./nodeError.ts";
import { registerSecret } from "./redact.ts";

/** How the user becomes root. */
export interface Sudo {
  /** What goes before a command. */
  prefix: string[];
  /** Whether sudo was never used by the user before us: then it leaves a file in their home, which is ours to remove. */
  isFirst: boolean;
}

/** Runs as root. The note is written by the very first sudo: a process that is killed after it has forgotten it. */
const note = `[ "$1" = known ] || { mkdir -p -m 0700 /var/lib/minirack && : > /var/lib/minirack/firstSudo; } 2>/dev/null || :
[ ! -e /var/lib/minirack/firstSudo ] || echo noted`;

/** Runs as the user. */
const probeScript = `was=known; [ -e "$HOME/.sudo_as_admin_successful" ] || was=first; echo $was
exec ${run("sudo", "-n", "sh", "-c", note, "sh")} $was`;

/**
 * How this user becomes root, probed once per connection. With a password, `-k` makes sudo read it every time:
 * otherwise a remembered login would leave the password line to the shell.
 */
export async function probeSudo(ssh: Client, target: Target): Promise<Sudo> {
  const { name, connection } = target;
  if (connection.user === "root") return { prefix: [], isFirst: false };
  const given = { node: name, timeoutSeconds: 30 };
  const probe = await execute(ssh, { ...given, command: "sh -s", stdin: probeScript });
  if (probe.code === 0) return { prefix: ["sudo", "-n"], isFirst: isNoted(probe) };
  if (connection.sudoPassword === undefined) throw noPassword(target, probe.stderr);
  registerSecret(connection.sudoPassword);
  const prefix = ["sudo", "-k", "-S", "-p", "''"];
  const stdin = `${connection.sudoPassword}\n`;
  const was = probe.stdout.startsWith("first") ? "first" : "known";
  const command = [...prefix, run("sh", "-c", note, "sh", was)].join(" ");
  const check = await execute(ssh, { ...given, command, stdin });
  if (check.code !== 0) throw wrongPassword(target);
  return { prefix, isFirst: isNoted(check) };
}

function isNoted({ stdout }: Output): boolean {
  return stdout.includes("noted");
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
