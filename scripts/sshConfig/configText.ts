/** A node as `ssh` is to reach it. */
export interface SshConfigNode {
  name: string;
  host: string;
  port: number;
  user: string;
  /** `type base64`, as the state or the cluster file has it. */
  hostKey: string;
  connectionType?: "thunderbolt" | "ethernet" | "wifi" | undefined;
}

/** Files that the text names, by their absolute paths. */
export interface SshConfigPaths {
  identityFile: string;
  knownHosts: string;
}

/** One `Host` block for each node of a stack; `mini1.dev` is told apart from another stack's mini1. */
export function configText(stack: string, nodes: SshConfigNode[], paths: SshConfigPaths): string {
  const head = `# minirack: the nodes of stack ${stack}; written by npm run ssh-config, again at each run\n`;
  return head + nodes.map((node) => `\n${block(stack, node, paths)}`).join("");
}

/** The pinned keys, under the names that `HostKeyAlias` looks for. */
export function knownHostsText(nodes: SshConfigNode[]): string {
  return nodes.map(({ name, hostKey }) => `${name} ${hostKey}\n`).join("");
}

function block(stack: string, node: SshConfigNode, { identityFile, knownHosts }: SshConfigPaths): string {
  const { name, host, port, user, connectionType } = node;
  const options = [
    `HostName ${host.replaceAll("%", "%%")}`,
    `Port ${port}`,
    `User ${user}`,
    `IdentityFile ${path(identityFile)}`,
    "IdentitiesOnly yes",
    `HostKeyAlias ${name}`,
    `UserKnownHostsFile ${path(knownHosts)}`,
    "GlobalKnownHostsFile /dev/null",
    "StrictHostKeyChecking yes",
    "UpdateHostKeys no",
    "ServerAliveInterval 60",
    "ServerAliveCountMax 3",
    ...(connectionType === "wifi" ? ["Compression yes"] : []), // a cable is faster than the compression
  ];
  return [`Host ${name} ${name}.${stack}`, ...options.map((one) => `  ${one}`), ""].join("\n");
}

/** ssh_config reads `%` as a token of its own, and a space as the end. */
function path(file: string): string {
  return `"${file.replaceAll("%", "%%")}"`;
}
