import { z } from "zod";
import { type Command, removeFile, run, writeFile } from "../shell/command.ts";
import { differing, type Entries, isSame, setting } from "./setting.ts";

const pamFile = "/etc/security/limits.d/90-minirack.conf";
const systemdFile = "/etc/systemd/system.conf.d/90-minirack.conf";
const header = "# minirack: these are put back by it; change the cluster file\n";

/** Limits that both sides know, with the bytes of their unit: pam_limits counts memory in KiB, systemd in bytes. */
export const limitUnits = { nofile: 1, nproc: 1, sigpending: 1, memlock: 1024, stack: 1024, core: 1024 };

const value = z.union([z.number().int().nonnegative(), z.literal("unlimited")]);
const limit = z
  .object({
    soft: value.describe('what a process has: a number, or "unlimited"; memory in KiB'),
    hard: value.describe("how far a process may raise it"),
  })
  .meta({ id: "Limit" });
export type LimitValue = z.infer<typeof value>;
type Limit = z.infer<typeof limit>;

/**
 * Limits of processes for sessions (pam_limits) and services (systemd). Four places must agree: both files, what a
 * session gets now and what a service gets now. The first that does not is told.
 */
export const limits = setting<Limit>({
  key: "limits",
  description: "limits of processes: name → soft and hard, for sessions and services",
  entry: limit,
  after: ["sysctl"], // fs.nr_open bounds nofile
  linux: {
    read: (wanted) => (Object.keys(wanted).length === 0 ? "" : "limits_show"),
    parse: (text, wanted) => {
      const words = text.split("\n").map((line) => line.split(/\s+/));
      const entries = Object.keys(wanted).map((key) => [key, parseLimit(words, key, wanted[key] ?? null)]);
      return { entries: Object.fromEntries(entries) };
    },
    prepare: (actual, wanted) => {
      const changed = differing(actual, wanted);
      const values = changed.flatMap((key) => {
        const hard = wanted[key]?.hard;
        return hard === undefined ? [] : [run("expect_limit", key, String(hard), String(unitOf(key)))];
      });
      const unused = [pamFile, systemdFile].map((path) => run("expect_own", path));
      return changed.length === 0 ? [] : [...unused, ...values];
    },
    remedy: () =>
      "see whether a file in /etc/security/limits.d or /etc/systemd/system.conf.d that is applied later says otherwise, and take it out there",
    plan: (actual, wanted) =>
      differing(actual, wanted).length === 0
        ? []
        : [
            keep(pamFile, header, pamLines(wanted)),
            keep(systemdFile, `${header}[Manager]\n`, systemdLines(wanted)),
            "limits_reload",
          ],
  },
});

/** Null where one of our files lacks it. */
function parseLimit(words: string[][], key: string, wanted: Limit | null): Limit | null {
  const unit = unitOf(key);
  const find = (kind: string, name: string, column = 2) =>
    words.find(([first, second]) => first === kind && second === name)?.[column];
  const upper = key.toUpperCase();
  const [fileSoft, fileHard] = (find("file", upper) ?? "").split(":");
  const pam = words.filter(([first, second]) => first === "pam" && second === key);
  const ofPam = (kind: string) => pam.find((one) => one[2] === kind)?.[3];
  const places = [
    limitOf(ofPam("soft"), ofPam("hard"), 1),
    limitOf(fileSoft, fileHard, 1),
    limitOf(find("soft", upper), find("hard", upper), unit),
    limitOf(find("session", upper), find("session", upper, 3), unit),
  ];
  const [inPam = null, inSystemd = null] = places;
  if (inPam === null || inSystemd === null) return null;
  return places.find((one) => !isSame(one ?? null, wanted)) ?? inPam;
}

function limitOf(soft: string | undefined, hard: string | undefined, unit: number): Limit | null {
  const [low, high] = [limitValue(soft, unit), limitValue(hard, unit)];
  return low === undefined || high === undefined ? null : { soft: low, hard: high };
}

/** `65536`, `64K`, `infinity`, `unlimited`; bytes become the unit in which the limit is written. */
function limitValue(text: string | undefined, unit: number): LimitValue | undefined {
  if (text === "infinity" || text === "unlimited") return "unlimited";
  if (text === undefined || !/^\d+K?$/.test(text)) return undefined;
  return Math.floor(Number(text.replace("K", "")) / unit);
}

function unitOf(key: string): number {
  return new Map(Object.entries(limitUnits)).get(key) ?? 1;
}

function keep(path: string, start: string, lines: string[]): Command {
  if (lines.length === 0) return removeFile(path);
  return writeFile(path, { content: start + lines.join(""), mode: "0644", owner: "root:root" });
}

/** Root is not meant by `*`. */
function pamLines(wanted: Entries<Limit>): string[] {
  return present(wanted).flatMap(([key, { soft, hard }]) =>
    ["*", "root"].flatMap((who) => [`${who} soft ${key} ${soft}\n`, `${who} hard ${key} ${hard}\n`]),
  );
}

function systemdLines(wanted: Entries<Limit>): string[] {
  return present(wanted).map(([key, { soft, hard }]) => {
    const text = (one: LimitValue) =>
      one === "unlimited" ? "infinity" : `${one}${unitOf(key) === 1 ? "" : "K"}`;
    return `DefaultLimit${key.toUpperCase()}=${text(soft)}:${text(hard)}\n`;
  });
}

function present(wanted: Entries<Limit>): [string, Limit][] {
  const all = Object.entries(wanted).filter((one): one is [string, Limit] => one[1] !== null);
  return all.sort(([one], [other]) => (one < other ? -1 : 1));
}
