import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { differing, type Entries, entriesOfRows, setting } from "./setting.ts";

const notInHosts = "not in /etc/hosts";

/**
 * The node's own name (`hostname`), and names for addresses in /etc/hosts: one setting, because both write there. What is
 * not whole is told in brackets: another name at the next boot, a name that /etc/hosts gives to another address as well.
 */
export const names = setting({
  key: "names",
  description: "names: hostname → the node's own, address → its names in /etc/hosts",
  entry: z.string().min(1),
  linux: {
    read: (wanted) => {
      const addresses = addressesOf(wanted);
      return [
        ...("hostname" in wanted ? ["hostname_show"] : []),
        ...(addresses.length > 0 ? [run("hosts_show", ...addresses)] : []),
      ].join("\n");
    },
    parse: (text, wanted) => ({ entries: entriesOfRows(text, parseRow, wanted) }),
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      if (changed.length === 0) return [];
      return [...(changed.includes("hostname") ? setHostname(wanted) : []), setHosts(wanted)];
    },
  },
});

function addressesOf(entries: Entries<string>): string[] {
  return Object.keys(entries).filter((key) => key !== "hostname");
}

function parseRow(row: string): [string, string] {
  const [key = "", value = "", third, fourth] = row.split("\t");
  if (third === undefined) throw new Error(`expected names, got ${JSON.stringify(row)}`);
  if (key !== "hostname") return [key, third === "" ? value : `${value} (also by /etc/hosts:${third})`];
  const notes = [
    ...(third === value ? [] : [`${third || "none"} at boot`]),
    ...(fourth === "yes" ? [] : [notInHosts]),
  ];
  return [key, [value || "none", ...(notes.length > 0 ? [`(${notes.join(", ")})`] : [])].join(" ")];
}

/** What was there before us may have been another name at the next boot, or none. */
function setHostname({ hostname }: Entries<string>): Command[] {
  if (!hostname) return [];
  const [, now = "", kept = now] = /^(\S+)(?: \((\S+) at boot)?/.exec(hostname) ?? [];
  return [run("hostname_set", now, ...(kept === "none" ? [] : [kept]))];
}

function setHosts(wanted: Entries<string>): Command {
  const { hostname } = wanted;
  const lines = addressesOf(wanted).flatMap((address) => {
    const given = wanted[address]?.split(" (")[0];
    return given === undefined ? [] : [`${address}\t${given} # minirack`];
  });
  const needed = hostname && !hostname.includes(notInHosts) ? (hostname.split(" ")[0] ?? "") : "";
  return run("hosts_set", needed, ...lines.sort());
}
