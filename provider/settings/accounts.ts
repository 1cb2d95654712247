import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { differing, type Entries, setting } from "./setting.ts";

type Account = string | number;

/** `shell ada` → shell, ada; `member quant/ada` → member, quant, ada. */
interface Key {
  kind: string;
  name: string;
  /** The user of a member, the key's name of a key. */
  other: string;
}

/**
 * Users and groups, one entry for each thing that is true of them, so that each goes back by itself: `group quant` and
 * `user ada` → present, system or a number; `shell`, `home`, `comment ada`; `member quant/ada`; `key ada/NAME`.
 */
export const accounts = setting<Account>({
  key: "accounts",
  description: "users and groups: group NAME, user NAME, shell NAME, …, member GROUP/USER, key USER/NAME",
  entry: z.union([z.string(), z.number().int().nonnegative()]),
  after: ["packages"], // they bring groups and shells
  linux: {
    read: (wanted) => [...new Set(Object.keys(wanted).map(readOne))].join("\n"),
    parse: (text, wanted) => {
      const rows = new Map(text.split("\n").map((line) => [line.split("\t")[0] ?? "", line.split("\t")]));
      const entries = Object.keys(wanted).map((key) => [key, parseOne(key, rows, wanted[key] ?? null)]);
      return { entries: Object.fromEntries(entries) };
    },
    prepare: (actual, wanted) =>
      differing(actual, wanted).flatMap((key) => {
        const { kind, name } = split(key);
        const uid = wanted[key] ?? null;
        if (kind !== "user" || uid === null || uid === "system" || (actual[key] ?? null) !== null) return [];
        return [run("expect_home_free", name, String(uid), homeOf(name, wanted))];
      }),
    plan: (actual, wanted) => {
      const changed = differing(actual, wanted);
      const going = changed.filter((key) => wanted[key] === null).sort(byKind(["key", "member"]));
      const coming = changed.filter((key) => wanted[key] !== null).sort(byKind(["group", "user"]));
      const steps = [
        ...going.flatMap((key) => planRemoval(key, wanted)),
        ...coming.flatMap((key) => planOne(key, actual, wanted)),
      ];
      return steps.length === 0 ? [] : ["keep_copies", ...steps];
    },
  },
});

/** Kinds that come first; then the others; a group goes after its user. */
function byKind(first: string[]): (one: string, other: string) => number {
  const rank = (key: string) => {
    const { kind } = split(key);
    const place = first.indexOf(kind);
    if (place >= 0) return place;
    return ["member", "key", "group"].includes(kind) ? 4 : 3;
  };
  return (one, other) => rank(one) - rank(other);
}

function split(key: string): Key {
  const [kind = "", rest = ""] = key.split(" ", 2);
  const [name = "", other = ""] = rest.split("/");
  return { kind, name, other };
}

function readOne(key: string): Command {
  const { kind, name, other } = split(key);
  if (kind === "group") return run("show_group", name);
  if (kind === "member" || kind === "key") return run(`show_${kind}`, name, other);
  return run("show_user", name);
}

/** The tolerances: an id is told where one is asked for, a default not where nothing is asked for. */
function parseOne(key: string, rows: Map<string, string[]>, wanted: Account | null): Account | null {
  const { kind, name } = split(key);
  if (kind === "member" || kind === "key") return rows.get(key)?.[1] ?? null;
  const row = rows.get(kind === "group" ? key : `user ${name}`);
  if (row === undefined) return null;
  const [, id = "", home, shell, comment] = row;
  if (!/^\d+$/.test(id)) throw new Error(`expected ${key} with a number, got ${JSON.stringify(row)}`);
  if (kind === "group" || kind === "user") {
    if (typeof wanted === "number") return Number(id);
    return wanted === "system" && Number(id) < 1000 ? "system" : "present";
  }
  const found = new Map(Object.entries({ home, shell, comment })).get(kind);
  if (found === undefined) throw new Error(`expected ${key} of a user, got ${JSON.stringify(row)}`);
  return wanted === null && found === defaultOf(kind, name, Number(id) < 1000) ? null : found;
}

function defaultOf(kind: string, name: string, isSystem: boolean): string {
  if (kind === "home") return isSystem ? "/nonexistent" : `/home/${name}`;
  if (kind === "shell") return isSystem ? "/usr/sbin/nologin" : "/bin/bash";
  return "";
}

/** What a user has goes with them; of one who stays it becomes what new users have. */
function planRemoval(key: string, wanted: Entries<Account>): Command[] {
  const { kind, name, other } = split(key);
  if (kind === "key") return [run("set_key", name, other)];
  if (["member", "user", "group"].includes(kind))
    return [run(`remove_${kind}`, name, ...(other ? [other] : []))];
  const user = wanted[`user ${name}`] ?? null;
  return user === null ? [] : [change(kind, name, defaultOf(kind, name, isSystemUser(user)))];
}

function planOne(key: string, actual: Entries<Account>, wanted: Entries<Account>): Command[] {
  const { kind, name, other } = split(key);
  const goal = String(wanted[key]);
  const isThere = (actual[key] ?? null) !== null;
  if (kind === "group")
    return [run(isThere ? "expect_group" : "add_group", name, ...(goal === "present" ? [] : [goal]))];
  if (kind === "user") return [isThere ? run("expect_user", name, goal) : addUser(name, wanted)];
  if (kind === "member") return [run("add_member", name, other)];
  if (kind === "key") return [run("set_key", name, other, goal)];
  return (actual[`user ${name}`] ?? null) === null ? [] : [change(kind, name, goal)]; // add_user does it
}

function homeOf(name: string, wanted: Entries<Account>): string {
  return String(
    wanted[`home ${name}`] ?? defaultOf("home", name, isSystemUser(wanted[`user ${name}`] ?? "present")),
  );
}

function addUser(name: string, wanted: Entries<Account>): Command {
  const kind = wanted[`user ${name}`] ?? "present";
  const value = (one: string) => String(wanted[`${one} ${name}`] ?? defaultOf(one, name, isSystemUser(kind)));
  return run("add_user", name, String(kind), homeOf(name, wanted), value("shell"), value("comment"));
}

function change(kind: string, name: string, value: string): Command {
  return kind === "home" ? run("expect_home", name, value) : run("set_user", name, kind, value);
}

function isSystemUser(kind: Account): boolean {
  return kind === "system" || (typeof kind === "number" && kind < 1000);
}
