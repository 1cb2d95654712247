import { z } from "zod";
import { absolutePath, accountName } from "../names.ts";
import type { Wanted } from "../secretText.ts";
import { feature } from "./feature.ts";

const publicKey = z
  .string()
  .regex(
    /^(sk-)?(ssh|ecdsa)-\S+ [A-Za-z0-9+/]+=* [^\s/]+$/,
    "expected a public key with a name of its own, as ssh-ed25519 AAAA… ada@laptop; take the line of the .pub file",
  );

const user = z.strictObject({
  uid: z
    .number()
    .int()
    .min(1)
    .max(59_999)
    .optional()
    .describe("their number; the node chooses one when left out"),
  isSystem: z.boolean().default(false).describe("whether it is a program's user, without a home"),
  groups: z.array(accountName).default([]).describe("groups besides the one of their own"),
  shell: absolutePath.optional().describe("/bin/bash when left out, nologin for a system user"),
  home: absolutePath.optional().describe("/home/NAME when left out"),
  comment: z
    .string()
    .regex(/^[^:\n\t]*$/, "expected a text without colons; write it on one line, without them")
    .optional()
    .describe("who that is"),
  authorizedKeys: z
    .array(publicKey)
    .refine((keys) => new Set(keys.map(keyName)).size === keys.length, {
      error: "expected keys with names that differ, got one name twice; rename one",
    })
    .default([])
    .describe("public keys that let them in over SSH"),
});
type User = z.output<typeof user>;

/** Users without passwords: they come in by their keys. What is left out stays as it is where the user is there already. */
export const users = feature({
  key: "users",
  rule: z
    .record(accountName, user)
    .describe("users: name → uid, groups, shell, home, comment, authorizedKeys, isSystem"),
  settings: (value) => ({
    accounts: Object.assign({}, ...Object.entries(value).map(([name, one]) => accountsOf(name, one))),
  }),
});

function accountsOf(name: string, user: User): Record<string, Wanted> {
  const { uid, isSystem, groups, authorizedKeys, shell, home, comment } = user;
  return {
    [`user ${name}`]: uid ?? (isSystem ? "system" : "present"),
    ...(home !== undefined && { [`home ${name}`]: home }),
    ...(shell !== undefined && { [`shell ${name}`]: shell }),
    ...(comment !== undefined && { [`comment ${name}`]: comment }),
    ...Object.fromEntries(groups.map((group) => [`member ${group}/${name}`, "member"])),
    ...Object.fromEntries(
      authorizedKeys.map((key) => [`key ${name}/${keyName(key)}`, key.split(" ").slice(0, 2).join(" ")]),
    ),
  };
}

function keyName(key: string): string {
  return key.split(" ")[2] ?? "";
}
