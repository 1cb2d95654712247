import { existsSync, readFileSync } from "node:fs";
import type { AnyAuthMethod } from "ssh2";
import { besideKey, type Connection, expandHome, type FirstContact } from "./connection.ts";
import { registerSecret } from "./redact.ts";

/**
 * The ways to log in, in the order they are tried within one connection: the cluster's key, those beside it while it is
 * rotated, then what was given
 * for the first contact, then the user's agent. One connection for all of them keeps sshd's penalties away.
 */
export function authentication(connection: Connection, firstContact?: FirstContact): AnyAuthMethod[] {
  const username = connection.user;
  const methods: AnyAuthMethod[] = [];
  for (const file of [
    connection.identityFile,
    ...besideKey(connection.identityFile),
    firstContact?.identityFile,
  ]) {
    const path = file === undefined ? undefined : expandHome(file);
    if (path !== undefined && existsSync(path)) {
      methods.push({ type: "publickey", username, key: readFileSync(path) });
    }
  }
  if (firstContact?.password !== undefined) {
    const password = firstContact.password;
    registerSecret(password);
    methods.push({ type: "password", username, password });
    methods.push({
      type: "keyboard-interactive",
      username,
      prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
    });
  }
  const agent = process.env.SSH_AUTH_SOCK;
  if (firstContact !== undefined && agent) methods.push({ type: "agent", username, agent });
  return methods;
}
