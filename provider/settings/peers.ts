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
const configFile = "/etc/ssh/ssh_config.d/50-minirack.conf";

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
        run("show", configFile),
        run("show", knownHosts),
        ...Object.keys(wanted).map((name) => run("show_line", authorizedKeys, keyMark(name))),
      ].join("\n"),
    parse: (text, wanted) => {
      const shown = parseShown(text);
      const config = shown.find(({ path }) => path === configFile)?.content ?? "";
      const known = shown.find(({ path }) => path.endsWith("/minirack_known_hosts"))?.content ?? "";
      const parsePeer = (name: string) => [name, peerOf(name, config, known, text)] as const;
      return { entries: Object.fromEntries(Object.keys(wanted).map(parsePeer)) };
    },
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      if (changed.length === 0) return [];
      return [
        run("folder", inHome(".ssh"), "0700", loginUser),
        ...changed.flatMap((name) => authorize(name, wanted[name] ?? null)),
        ...writeOwnFiles(wanted),
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
  if (all.length === 0) return [removeFile(knownHosts), removeFile(configFile)];
  const known = all.map(([name, { address, hostKey }]) => `${name},${address} ${hostKey}\n`).join("");
  const config = all.map(([name, one]) => configBlock(name, one)).join("\n");
  return [
    writeFile(knownHosts, { content: known, mode: "0644", owner: loginUser }),
    writeFile(configFile, {
      content: `# minirack: how nodes reach one another\n${config}`,
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
    "",
  ].join("\n");
}

/** What the three files say of one peer; absent unless all three speak of it in our words. */
function peerOf(name: string, config: string, known: string, text: string): Peer | null {
  const block = config
    .split("\n\n")
    .join("\n")
    .split(/^Host /m)
    .find((part) => part.startsWith(`${name} `));
  const hostKey = known
    .split("\n")
    .find((line) => line.startsWith(`${name},`))
    ?.replace(/^\S+ /, "");
  const publicKey = text.split("\n").find((line) => !line.includes("\t") && line.endsWith(keyMark(name)));
  if (block === undefined || hostKey === undefined || publicKey === undefined) return null;
  const field = (word: string) => new RegExp(`^  ${word} (.*)$`, "m").exec(block)?.[1] ?? "";
  const [address, port, user] = [field("HostName"), Number(field("Port")), field("User")];
  const found = { address, port, user, hostKey, publicKey: publicKey.slice(0, -keyMark(name).length) };
  const isOurs = `Host ${block}`.trim() === configBlock(name, found).trim(); // a line put in between changes the way there
  return isOurs ? found : null;
}

/** Marks the line in authorized_keys by which a peer is let in. */
export function keyMark(name: string): string {
  return ` minirack-peer-${name}`;
}
