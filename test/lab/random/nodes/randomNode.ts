import fc from "fast-check";
import { authorizedKeys, hostname, hosts, members, users } from "./accounts.ts";
import { files, folders, logRotation } from "./files.ts";
import { habits, someHabits } from "./habits.ts";
import { nothing, type RandomNode, together } from "./preState.ts";
import { caCertificates, limits, limitsOfServices, packages, services, sysctl, timers } from "./system.ts";

/** By what each changes: two of one kind would undo one another's preparation. */
export const kinds: Record<string, fc.Arbitrary<RandomNode>> = {
  files,
  folders,
  logRotation,
  accounts: fc.oneof(users, members),
  authorizedKeys,
  names: fc.oneof(hosts, hostname),
  packages,
  sysctl,
  limits: fc.oneof(limits, limitsOfServices),
  services,
  timers,
  caCertificates,
};

/** A node as somebody may have it, and one setting of a cluster file. */
export const oneSetting: fc.Arbitrary<RandomNode> = fc.oneof(...Object.values(kinds));

/** A node with habits of its owner's, and several settings. */
export const wholeNode: fc.Arbitrary<RandomNode> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...Object.keys(kinds)), { minLength: 1, maxLength: 4 }),
    owners: someHabits,
  })
  .chain(({ names, owners }) => {
    const wanted = names.map((name) => kinds[name] ?? files);
    const before = owners.map((name) => habits[name] ?? nothing);
    return fc.tuple(...wanted).map(
      (all): RandomNode => ({
        ...together([...all, ...before]),
        cluster: all.map(({ cluster }) => cluster).reduce(merged, {}),
      }),
    );
  });

/** Of keys that several have, both. */
function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const both = Object.entries(other).map(([key, value]): [string, unknown] => {
    const before = one[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
