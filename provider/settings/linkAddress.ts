import { z } from "zod";
import { quote, removeFile, run, writeFile } from "../shell/command.ts";
import { differing, type Entries, setting } from "./setting.ts";

/** An IPv4 address with the length of its prefix. */
const address = z
  .string()
  .regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, "expected an IPv4 address with its prefix, as 172.31.0.11/24");

function networkFile(interfaceName: string): string {
  return `/etc/systemd/network/10-minirack-${interfaceName}.network`;
}

function networkText(interfaceName: string, wanted: string): string {
  return `# minirack: the address for training traffic\n[Match]\nName=${interfaceName}\n\n[Network]\nAddress=${wanted}\nLinkLocalAddressing=no\nKeepConfiguration=yes\n`;
}

/**
 * The static address of a link, kept by systemd-networkd over a reboot. Only interfaces that a .network file names
 * are touched: starting networkd leaves every other one as it is, and nobody waits for it at boot.
 */
export const linkAddress = setting({
  key: "linkAddress",
  description: "static address of a link: interface → address/prefix",
  entry: address,
  linux: {
    read: (wanted) => Object.keys(wanted).map(readOne).join("\n"),
    parse: (text, wanted) => ({ entries: parseAddresses(text, wanted) }),
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      if (changed.length === 0) return [];
      const kept = Object.keys(wanted).filter((name) => wanted[name] !== null);
      return [
        ...changed.flatMap((name) => planOne(name, actual[name] ?? null, wanted[name] ?? null)),
        ...(kept.length > 0 ? useNetworkd(kept) : ["networkd_release"]),
        ...changed.filter((name) => wanted[name] === null).map((name) => run("restore_interface", name)),
      ];
    },
  },
});

/** Prints the interface, what its file asks for, and the addresses that it has; exits where it is not there. */
function readOne(interfaceName: string): string {
  const name = quote(interfaceName);
  return [
    `[ -e /sys/class/net/${name} ] || { echo "no interface ${interfaceName}; there are: $(ls /sys/class/net | tr '\\n' ' ')" >&2; exit 1; }`,
    `printf '%s\\t%s\\t%s\\n' ${name} "$(sed -n 's/^Address=//p' ${quote(networkFile(interfaceName))} 2>/dev/null || true)" ` +
      `"$(ip -4 -o address show dev ${name} scope global | awk '{ printf "%s ", $4 }')"`,
  ].join("\n");
}

/** An address counts where the file keeps it and the interface has it. */
function parseAddresses(text: string, wanted: Entries<string>): Entries<string> {
  const rows = text.split("\n").filter((line) => line.includes("\t"));
  const found = new Map(
    rows.map((row) => {
      const [name = "", kept = "", has = ""] = row.split("\t");
      const live = has.split(" ").filter((one) => one !== "");
      return [name, live.includes(kept) ? kept : null] as const;
    }),
  );
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, found.get(name) ?? null]));
}

function planOne(interfaceName: string, actual: string | null, wanted: string | null): string[] {
  const file = networkFile(interfaceName);
  const drop = actual === null ? [] : [run("drop_address", interfaceName, actual)];
  if (wanted === null) return [removeFile(file), ...drop];
  const content = networkText(interfaceName, wanted);
  return [
    run("keep_interface", interfaceName),
    ...drop,
    writeFile(file, { content, mode: "0644", owner: "root:root" }),
  ];
}

function useNetworkd(interfaceNames: string[]): string[] {
  return ["networkd_take", ...interfaceNames.map((name) => run("networkd_apply", name))];
}
