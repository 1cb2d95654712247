import type { Properties } from "../../provider/resource.ts";
import { type Asked, type Reaction, says, scriptedNode } from "./scriptedNode.ts";

/** How a node's side of its links is. */
export interface LinkBehaviour {
  /** Other node → interface by which traffic to it leaves, or none; `eth1` where nothing is said. */
  ways?: Record<string, string | undefined>;
  /** Its wireless interfaces. */
  wireless?: string[];
  /** Nodes that do not answer it. */
  silent?: string[];
  /** What it sends, in Gb/s. */
  gbps?: number;
  /** iperf3's words where it cannot listen, and where it cannot send. */
  listenFails?: string;
  sendFails?: string;
  /** Called for each measurement, with the receiver's address; it takes as long as this. */
  sending?: (to: string) => Promise<void>;
}

/** A node that answers what links are asked, over a real SSH connection. */
export async function linkNode(name: string, behaviour: LinkBehaviour = {}) {
  const react = (asked: Asked) => answer(bodyOf(asked.stdin), behaviour);
  const node = await scriptedNode({ name, user: "root", react });
  const address = `172.31.0.${10 + Number(name.replace("mini", ""))}`;
  const asked = (word: string) =>
    node.scripts.filter((script) => bodyOf(script).includes(`\n${word} `)).length;
  return {
    name,
    node,
    behaviour,
    address,
    target: () => node.target(),
    /** How often it sent a second of traffic. */
    sent: () => asked("link_send"),
    /** As the program gives it. */
    end: (changes: Properties = {}): Properties => {
      const { connection } = node.target();
      return { interface: "eth1", address, mayBeWireless: false, connection: { ...connection }, ...changes };
    },
  };
}
export type LinkNode = Awaited<ReturnType<typeof linkNode>>;

/** Nodes mini1, mini2 … */
export function linkNodes(...behaviours: LinkBehaviour[]): Promise<LinkNode[]> {
  return Promise.all(behaviours.map((one, index) => linkNode(`mini${index + 1}`, one)));
}

/** What comes after the prelude. */
function bodyOf(script: string): string {
  return script.slice(script.lastIndexOf("\nmain() {\n"));
}

async function answer(body: string, behaviour: LinkBehaviour): Promise<Reaction> {
  const [, word = "", first = ""] = /^(show_medium|round_trip|link_listen|link_send) (\S+)/m.exec(body) ?? [];
  if (word === "show_medium") return says(inSections(body, lookLines(body, first, behaviour)));
  if (word === "round_trip") return says(behaviour.silent?.includes(first) ? "" : "0.2\n");
  if (word === "link_listen") return listened(behaviour);
  if (word !== "link_send") throw new Error(`expected a script of links, got ${body}`);
  await behaviour.sending?.(first);
  if (behaviour.sendFails !== undefined)
    return { code: 1, stdout: JSON.stringify({ error: behaviour.sendFails }), stderr: "" };
  const received = { bits_per_second: (behaviour.gbps ?? 9.4) * 1e9 };
  return says(JSON.stringify({ end: { sum_received: received } }));
}

function listened({ listenFails }: LinkBehaviour): Reaction {
  if (listenFails !== undefined) return { code: 127, stdout: "", stderr: `${listenFails}\n` };
  return says("-----\nServer listening on 5201 (test #1)\n-----\n");
}

function lookLines(
  body: string,
  own: string,
  { ways = {}, wireless = [], silent = [] }: LinkBehaviour,
): string[] {
  const medium = (name: string) => (wireless.includes(name) ? "wireless" : "cable");
  const names = (word: string) =>
    [...body.matchAll(new RegExp(`^${word} (\\S+)`, "gm"))].map(([, one = ""]) => one);
  const wayTo = (name: string) => (name in ways ? ways[name] : "eth1");
  return [
    `medium\t${medium(own)}`,
    ...names("show_way").flatMap((name) => {
      const way = wayTo(name);
      return way === undefined ? [] : [`way\t${name}\t${way}\t${medium(way)}`];
    }),
    ...names("show_silent")
      .filter((name) => silent.includes(name))
      .map((name) => `silent\t${name}`),
  ];
}

/** As a script of one section answers. */
function inSections(body: string, lines: string[]): string {
  const mark = /@@minirack-[0-9a-f]+/.exec(body)?.[0];
  return `${lines.join("\n")}\n\n${mark} 0 0 \n${mark} end\n`;
}
