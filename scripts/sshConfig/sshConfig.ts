import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expandHome } from "../../provider/transport/connection.ts";
import type { OpenStack, StackNode } from "../nodes/stackNodes.ts";
import { configText, knownHostsText, type SshConfigNode } from "./configText.ts";
import { withInclude, withoutInclude } from "./includeLine.ts";
import { changeUserConfig } from "./userConfig.ts";

/** What was written for a stack. */
export interface WrittenSshConfig {
  file: string;
  /** Names that `ssh` now knows. */
  nodes: string[];
  /** Nodes without a pinned host key: the first `pulumi up` pins it. */
  left: string[];
  /** Names that the file of another stack has too, as `mini1 (shelf)`. */
  shared: string[];
}

/**
 * Makes `ssh mini1` work for a stack's nodes: `~/.ssh/minirack/STACK.conf`, the pinned host keys beside it, and one line in
 * `~/.ssh/config`.
 * @throws Error where no host key is pinned yet
 */
export async function writeSshConfig(
  { stack, cluster, nodes }: Pick<OpenStack, "stack" | "cluster" | "nodes">,
  home = expandHome("~/"),
): Promise<WrittenSshConfig> {
  const { folder, file, knownHosts } = paths(stack, home);
  const pinned = nodes.flatMap(pinnedNode);
  const names = pinned.map(({ name }) => name);
  const left = nodes.map(({ spec }) => spec.name).filter((name) => !names.includes(name));
  if (pinned.length === 0) throw nothingPinned(stack);
  const identityFile = resolve(expandHome(cluster.identityFile));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await put(knownHosts, knownHostsText(pinned));
  await put(file, configText(stack, pinned, { identityFile, knownHosts }));
  await changeUserConfig(home, withInclude);
  return { file, nodes: names, left, shared: await sharedNames(stack, names, home) };
}

/** Takes a stack's file away; with the last one goes the line in `~/.ssh/config`. Nothing there is nothing to do. */
export async function removeSshConfig(stack: string, home = expandHome("~/")): Promise<void> {
  const { folder, file, knownHosts } = paths(stack, home);
  await Promise.all([rm(file, { force: true }), rm(knownHosts, { force: true })]);
  if ((await configFiles(folder)).length > 0) return;
  await changeUserConfig(home, withoutInclude);
  await rmdir(folder).catch(() => {}); // keys keep it
}

function paths(stack: string, home: string) {
  const folder = join(home, ".ssh", "minirack");
  return { folder, file: join(folder, `${stack}.conf`), knownHosts: join(folder, `${stack}.known_hosts`) };
}

function pinnedNode({ spec, pinnedHostKey }: StackNode): SshConfigNode[] {
  const hostKey = spec.hostKey ?? pinnedHostKey;
  return hostKey === undefined ? [] : [{ ...spec, hostKey }];
}

function nothingPinned(stack: string): Error {
  return new Error(
    `stack ${stack}: expected a node with a pinned host key, got none; run npm run stack -- up --stack ${stack} first`,
  );
}

async function put(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function configFiles(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".conf")).sort() : [];
}

/** ssh takes the first block that fits, so of two stacks' mini1 only one is reached by that name. */
async function sharedNames(stack: string, names: string[], home: string): Promise<string[]> {
  const { folder, file } = paths(stack, home);
  const others = (await configFiles(folder)).filter((name) => join(folder, name) !== file);
  const found = others.map(async (name) => {
    const hosts = [...(await readFile(join(folder, name), "utf8")).matchAll(/^Host (\S+) /gm)];
    const both = hosts.map((match) => match[1] ?? "").filter((host) => names.includes(host));
    return both.map((host) => `${host} (${name.replace(/\.conf$/, "")})`);
  });
  return (await Promise.all(found)).flat();
}
