import { readFileSync } from "node:fs";
import { quote } from "../../provider/shell/command.ts";
import type { Owner } from "../../provider/stackIdentity.ts";
import { plainText } from "../../provider/transport/plainText.ts";
import { rebootReason } from "../nodes/rebootReason.ts";

/** A node's Docker engine, in its own words, or what it said instead of answering. */
export type Engine = { architecture: string; operatingSystem: string } | { refusal: string };

/** A record on a node: `files.training`, and its owner. */
export interface FoundRecord extends Owner {
  name: string;
}

/** What a node says of itself. */
export interface NodeFacts {
  system: string;
  /** ID and ID_LIKE of its distribution; `macos`. */
  family: string[];
  architecture: string;
  processor: string;
  cores: number;
  memoryGb: number;
  diskGb: number;
  diskFreeGb: number;
  uptimeSeconds: number;
  /** Seconds since 1970 by its own clock. */
  clock: number;
  /** Why a reboot is due; undefined where none is. */
  rebootReason: string | undefined;
  hasApt: boolean;
  addresses: { interface: string; address: string }[];
  /** Undefined where it has none. */
  engine: Engine | undefined;
  /** The most open files that the kernel grants a process; undefined where it is not Linux's. */
  mostOpenFiles: number | undefined;
  /** What swap files have of the disk already. */
  swapGb: number;
  /** Units of systemd that have failed. */
  failedUnits: string[];
  /** Records of minirack, and whose they are; none where it was not asked as root. */
  records: FoundRecord[];
  /** What the user's own shell prints at each login, its first line; undefined where it is silent. */
  greeting: string | undefined;
  /** Link address of another node → whether it answered; without those where it has no ping. */
  peers: Record<string, boolean>;
}

const script = readFileSync(new URL("facts.sh", import.meta.url), "utf8");

/** POSIX sh that prints the facts, for a node whose peers have these link addresses. */
export function factsScript(peers: string[]): string {
  return `peers=${quote(peers.join(" "))}\n${rebootReason}\n${script}`;
}

/**
 * @param greeting what the user's own shell printed before the answer
 * @throws Error when the answer is not whole
 */
export function parseFacts(answer: string, greeting = ""): NodeFacts {
  const lines = answer.split("\n").map((line) => line.split("\t"));
  const all = (name: string) => lines.filter(([one]) => one === name).map(([, value = ""]) => value);
  const text = (name: string) => all(name)[0] ?? "";
  if (text("end") === "")
    throw new Error(`expected facts to their end, got ${JSON.stringify(answer.slice(-200))}`);
  const number = (name: string) => Number.parseFloat(text(name));
  const [disk = "", diskFree = ""] = text("disk").split(" ");
  return {
    system: text("system"),
    family: text("family").split(" ").filter(Boolean),
    architecture: text("architecture"),
    processor: text("processor") || text("architecture"),
    cores: number("cores"),
    memoryGb: gibibytes(text("memoryKib")),
    diskGb: gibibytes(disk),
    diskFreeGb: gibibytes(diskFree),
    uptimeSeconds: number("uptimeSeconds"),
    clock: number("clock"),
    rebootReason: text("reboot") || undefined,
    hasApt: text("apt") === "found",
    addresses: all("address").map(addressOf),
    engine: engineOf(text("engine"), text("engineRefusal")),
    mostOpenFiles: Number(text("nrOpen")) || undefined,
    swapGb: gibibytes(text("swapKib")),
    failedUnits: all("failedUnit").map(plainText),
    records: all("record").map(recordOf),
    greeting: plainText(greeting).trim().split("\n")[0]?.slice(0, 80) || undefined,
    peers: { ...answered(all("reached"), true), ...answered(all("unreached"), false) },
  };
}

/** `x86_64 Debian GNU/Linux 12 (bookworm)` */
function engineOf(said: string, refusal: string): Engine | undefined {
  if (refusal !== "") return { refusal };
  const [, architecture = "", operatingSystem = ""] = /^(\S+) (.*)$/.exec(said) ?? [];
  return architecture === "" ? undefined : { architecture, operatingSystem };
}

function gibibytes(kibibytes: string): number {
  return Number(kibibytes) / 2 ** 20;
}

/** `eth1@if7 172.31.0.11/24`, where the interface's other end is no part of its name. */
function addressOf(value: string): { interface: string; address: string } {
  const [name = "", address = ""] = value.split(" ");
  return { interface: name.split("@")[0] ?? "", address: address.split("/")[0] ?? "" };
}

function answered(peers: string[], isReached: boolean): Record<string, boolean> {
  return Object.fromEntries(peers.map((peer) => [peer, isReached]));
}

/** `files.training minirack/dev 0123456789abcdef` */
function recordOf(value: string): FoundRecord {
  const [name = "", stack = "", id = ""] = value.split(" ");
  return { name, stack, ...(id !== "" && { id }) };
}
