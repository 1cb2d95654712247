import { z } from "zod";
import { inHome, loginUser, removeFile, run, setLine, writeFile } from "../shell/command.ts";
import { parseShown } from "./fileEntry.ts";
import { linkName } from "./linkAddress.ts";
import { differing, type Entries, setting } from "./setting.ts";
import { nextMark } from "./sshAccess.ts";

/** Another node of the cluster, as this one reaches it and lets it in. */
const peer = z
  .object({
    address: z.string().min(1).describe("link address of the peer"),
    port: z.number().int().describe("port of its sshd"),
    user: z.string().min(1).describe("user to log in as there"),
    hostKey: z.string().min(1).describe("its pinned host key"),
    publicKey: z.string().min(1).describe("public half of the key made there, which may log in here"),
  })
  .meta({ id: "Peer" });
type Peer = z.infer<typeof peer>;

const authorizedKeys = inHome(".ssh/authorized_keys");
const knownHosts = inHome(".ssh/minirack_known_hosts");
/** What nodes reach one another by; whole in itself, so that our own calls take it alone: `ssh -F`. */
export const peersConfigFile = "/etc/ssh/ssh_config.d/50-minirack.conf";
const header = "# minirack: how nodes reach one another\n";

/**
 * Nodes reach one another by name and by link address without a password or a question, which MPI needs. The names
 * lead to the link addresses. All of it is in files of our own but for one line per peer in authorized_keys.
 */
export const peers = setting<Peer>({
  key: "peers",
  description: "the other nodes: name → address, port, user, hostKey, publicKey",
  entry: peer,
  linux: {
    read: (wanted) =>
      [
        run("show", peersConfigFile),
        run("show", knownHosts),
        ...Object.keys(wanted).map((name) => run("show_line", authorizedKeys, keyMark(name))),
      ].join("\n"),
    parse: (text, wanted) => {
      const shown = parseShown(text);
      const config = shown.find(({ path }) => path === peersConfigFile)?.content ?? "";
      const known = shown.find(({ path }) => path.endsWith("/minirack_known_hosts"))?.content ?? "";
      const names = Object.keys(wanted);
      const isOurs = isOfPeersAlone(config, known, names);
      const parsePeer = (name: string) => [name, isOurs ? peerOf(name, config, known, text) : null] as const;
      return { entries: Object.fromEntries(names.map(parsePeer)) };
    },
    prepare: (actual, wanted) =>
      differing(actual, wanted).length === 0
        ? []
        : [run("expect_own", knownHosts), run("expect_own", peersConfigFile)],
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      if (changed.length === 0) return [];
      return [
        run("folder", inHome(".ssh"), "0700", loginUser),
        ...changed.flatMap((name) => authorize(name, wanted[name] ?? null)),
        ...writeOwnFiles(wanted),
        ...expectedBySsh(wanted),
      ];
    },
  },
});

function authorize(name: string, wanted: Peer | null): string[] {
  const mark = keyMark(name);
  if (wanted === null) return [setLine(authorizedKeys, mark), setLine(authorizedKeys, nextMark(mark))];
  const key = wanted.publicKey.split(" ").slice(0, 2).join(" ");
  return [setLine(authorizedKeys, mark, `${key}${mark}`)];
}

function writeOwnFiles(wanted: Entries<Peer>): string[] {
  const all = Object.entries(wanted)
    .filter((entry): entry is [string, Peer] => entry[1] !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (all.length === 0) return [removeFile(knownHosts), removeFile(peersConfigFile)];
  const known = all.map(([name, { address, hostKey }]) => `${name},${address} ${hostKey}\n`).join("");
  const config = all.map(([name, one]) => configBlock(name, one)).join("\n");
  return [
    writeFile(knownHosts, { content: known, mode: "0644", owner: loginUser }),
    writeFile(peersConfigFile, {
      content: `${header}${config}`,
      mode: "0644",
      owner: "root:root",
    }),
  ];
}

/** `HostKeyAlias` makes one line of known_hosts serve the name, the address and every port. */
function configBlock(name: string, { address, port, user }: Peer): string {
  return [
    `Host ${name} ${linkName(name)} ${address}`,
    `  HostName ${address}`,
    `  Port ${port}`,
    `  User ${user}`,
    `  HostKeyAlias ${name}`,
    "  IdentityFile ~/.ssh/minirack",
    "  IdentitiesOnly yes",
    "  UserKnownHostsFile ~/.ssh/minirack_known_hosts",
    "  GlobalKnownHostsFile /dev/null",
    "  StrictHostKeyChecking yes",
    "  UpdateHostKeys no",
    "",
  ].join("\n");
}

/** A person's own `ssh` may read other files first, or not ours at all: one peer tells, as all are written alike. */
function expectedBySsh(wanted: Entries<Peer>): string[] {
  const [peer] = Object.entries(wanted).find(([, one]) => one !== null) ?? [];
  return peer === undefined ? [] : [run("tell_other_ssh", peer)];
}

/** The text of each block by the name that it begins with, and what stands before the first. */
function blocksOf(config: string): { before: string; blocks: [name: string, text: string][] } {
  const [before = "", ...texts] = config.split(/^(?=Host |Match )/m);
  return { before, blocks: texts.map((text) => [/^Host (\S+) /.exec(text)?.[1] ?? "", text]) };
}

/** Whether nobody else has a say in the files: another block or another line of known_hosts may lead elsewhere. */
function isOfPeersAlone(config: string, known: string, names: string[]): boolean {
  const { before, blocks } = blocksOf(config);
  const lines = known.split("\n").filter((line) => line !== "");
  const owners = [...blocks.map(([name]) => name), ...lines.map((line) => line.split(",")[0] ?? "")];
  return (before === "" || before === header) && owners.every((name) => names.includes(name));
}

/** What the three files say of one peer; absent unless all three speak of it in our words, and once. */
function peerOf(name: string, config: string, known: string, text: string): Peer | null {
  const blocks = blocksOf(config).blocks.filter(([owner]) => owner === name);
  const hostKeys = known.split("\n").filter((line) => line.startsWith(`${name},`));
  const [block = "", hostLine = ""] = [blocks[0]?.[1], hostKeys[0]];
  const publicKey = text.split("\n").find((line) => !line.includes("\t") && line.endsWith(keyMark(name)));
  if (blocks.length !== 1 || hostKeys.length !== 1 || publicKey === undefined) return null;
  const field = (word: string) => new RegExp(`^  ${word} (.*)$`, "m").exec(block)?.[1] ?? "";
  const [address, port, user] = [field("HostName"), Number(field("Port")), field("User")];
  const hostKey = hostLine.replace(/^\S+ /, "");
  const found = { address, port, user, hostKey, publicKey: publicKey.slice(0, -keyMark(name).length) };
  const isOurs =
    block.trim() === configBlock(name, found).trim() && hostLine === `${name},${address} ${hostKey}`;
  return isOurs ? found : null; // a line put in between changes the way there
}

/** Marks the line in authorized_keys by which a peer is let in. */
export function keyMark(name: string): string {
  return ` minirack-peer-${name}`;
}
