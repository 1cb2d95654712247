import { z } from "zod";
import { type Command, removeFile, run, writeFile } from "../shell/command.ts";
import { differing, type Entries, entriesOfRows, setting } from "./setting.ts";

const file = "/etc/sysctl.d/90-minirack.conf";

/** A value now, and the one that our file keeps for the next boot. */
interface KernelValue {
  now: string;
  kept: string | undefined;
}

/**
 * Values of the kernel, now and at the next boot. What is the same in both is told as the value; what is not, with the
 * other in brackets: `60 (not kept)` is a value that was there before us.
 */
export const sysctl = setting({
  key: "sysctl",
  description: "values of the kernel: name → value, now and at each boot",
  entry: z.string().min(1),
  after: ["packages", "linkAddress"], // Docker sets values when it starts first; a link those of its interface
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((key) => run("sysctl_show", key, pathOf(key)))
        .join("\n"),
    parse: (text, wanted) => ({ entries: entriesOfRows(text, parseRow, wanted) }),
    prepare: (actual, wanted) => {
      const changed = differing(actual, wanted);
      const last = changed.flatMap((key) => {
        const value = wanted[key] ?? null;
        return value === null ? [] : [run("sysctl_last", key, pathOf(key), value)];
      });
      return changed.length === 0 ? [] : [run("expect_own", file), ...last];
    },
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      if (changed.length === 0) return [];
      return [...changed.flatMap((key) => setNow(key, actual[key], wanted[key])), keepAll(wanted)];
    },
  },
});

/** `net.core.rmem_max` below /proc/sys; a dot in an interface's name is written as a slash. */
function pathOf(key: string): string {
  return key.replaceAll(/[./]/g, (separator) => (separator === "." ? "/" : "."));
}

function parseRow(row: string): [string, string] {
  const [key = "", now = "", kept = "", atBoot = "", by] = row.split("\t");
  if (by === undefined) throw new Error(`expected a value of the kernel, got ${JSON.stringify(row)}`);
  if (kept === "") return [key, `${now} (not kept)`];
  if (kept !== now) return [key, `${now} (kept: ${kept})`];
  return [key, atBoot === now ? now : `${now} (${atBoot} at boot, by ${by})`];
}

function kernelValue(entry: string): KernelValue {
  const [now = "", rest] = entry.split(" (");
  if (rest === "not kept)") return { now, kept: undefined };
  return { now, kept: rest?.startsWith("kept: ") ? rest.slice("kept: ".length, -1) : now };
}

/** A value that this kernel no longer has is not put back. */
function setNow(
  key: string,
  actual: string | null | undefined,
  wanted: string | null | undefined,
): Command[] {
  if (!wanted) return [];
  const { now, kept } = kernelValue(wanted);
  if (actual ? kernelValue(actual).now === now : kept === undefined) return [];
  return [run("sysctl_set", key, pathOf(key), now)];
}

function keepAll(wanted: Entries<string>): Command {
  const lines = Object.entries(wanted).flatMap(([key, entry]) => {
    const kept = entry === null ? undefined : kernelValue(entry).kept;
    return kept === undefined ? [] : [`${key} = ${kept}\n`];
  });
  if (lines.length === 0) return removeFile(file);
  const content = `# minirack: these are put back by it; change the cluster file\n${lines.sort().join("")}`;
  return writeFile(file, { content, mode: "0644", owner: "root:root" });
}
