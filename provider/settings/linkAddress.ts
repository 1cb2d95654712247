import { z } from "zod";
import { run } from "../shell/command.ts";
import { differing, setting } from "./setting.ts";

/**
 * The static address of a link, now and after a boot, kept by whoever manages the interface: systemd-networkd, netplan or
 * NetworkManager. Only that interface is touched; it never gets a default route or a name server. An address that is not
 * whole is told with what is wrong in brackets.
 */
export const linkAddress = setting({
  key: "linkAddress",
  description: "static address of a link: interface → address/prefix",
  entry: z.string().min(1),
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((name) => run("link_show", name))
        .join("\n"),
    parse: (text, wanted) => {
      const rows = text.split("\n").map((line) => line.split("\t"));
      const found = new Map(rows.map((row) => [row[0] ?? "", addressOf(row)]));
      return {
        entries: Object.fromEntries(Object.keys(wanted).map((name) => [name, found.get(name) ?? null])),
      };
    },
    prepare: (actual, wanted, fresh) =>
      differing(actual, wanted)
        .filter((name) => fresh.includes(name))
        .map((name) => run("link_unused", name)),
    plan: (actual, wanted) =>
      differing(actual, wanted).map((name) => {
        const [address] = wanted[name]?.split(" ") ?? [];
        return address === undefined ? run("link_drop", name) : run("link_keep", name, address);
      }),
  },
});

/** What a node is called by its link address: its own name is that of the whole node, whatever way leads there. */
export function linkName(node: string): string {
  return `${node}-link`;
}

/** Null where nothing there is ours. */
function addressOf([, held = "", kept = "", has = "", others = ""]: string[]): string | null {
  if (kept === "") return held === "" ? null : `${held.split(" ")[1]} (not kept)`;
  if (!has.split(" ").includes(kept)) return `${kept} (not on the interface)`;
  return others === "" ? kept : `${kept} (also by ${others})`;
}
