import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settings } from "../../../provider/settings/index.ts";
import type { Entries, Json, Setting } from "../../../provider/settings/setting.ts";
import { ModelNode } from "../../support/modelNode.ts";

const name = fc.constantFrom("one", "two", "three");
const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{8}$/);
const key = base64.map((text) => `ssh-ed25519 ${text}`);
const octet = fc.integer({ min: 1, max: 254 });
const specifier = fc.constantFrom("==1.0", "==2.0", ">=1", "");

/** Setting → what somebody may want of it. */
const wanted: Record<string, fc.Arbitrary<Record<string, Json>>> = {
  sshAccess: fc.record(
    {
      clusterKey: key.map((text) => `${text} minirack-dev`),
      nodeKey: fc.constant("ed25519"),
    },
    { requiredKeys: [] },
  ),
  packages: fc.dictionary(name, fc.constant("installed")),
  files: fc.dictionary(
    name.map((one) => `/etc/a folder/${one}'s`),
    fc.record({
      content: fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
      mode: fc.constantFrom("0644", "0600"),
      owner: fc.constantFrom("root:root", "rack:rack"),
    }),
  ),
  caCertificates: fc.dictionary(
    name,
    base64.map((text) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`),
  ),
  linkAddress: fc.dictionary(
    name,
    octet.map((last) => `172.31.0.${last}/24`),
  ),
  peers: fc.dictionary(
    name,
    fc.record({
      address: octet.map((last) => `172.31.0.${last}`),
      port: fc.integer({ min: 1, max: 65535 }),
      user: name,
      hostKey: key,
      publicKey: key,
    }),
  ),
  pythonEnvironment: fc.dictionary(
    name,
    fc.record({
      python: fc.constantFrom("3", "3.11", "3.11.2"),
      requirements: fc.dictionary(fc.constantFrom("numpy", "six", "scikit-learn"), specifier),
    }),
  ),
};

/** What is lost by hand: of the files, packages and addresses that there are, those at these places. */
const losses = fc.array(fc.nat(9), { maxLength: 3 });

function lose(node: ModelNode, places: number[]): void {
  const all = [...node.files.keys(), ...node.packages, ...node.addresses, ...node.bundle];
  for (const one of places.map((place) => all[place % (all.length || 1)] ?? "")) {
    node.files.delete(one);
    node.packages.delete(one);
    node.addresses.delete(one);
    node.bundle.delete(one);
  }
}

/** Reads, plans, runs; what is no longer wanted is to be absent. */
function makeTrue(node: ModelNode, setting: Setting, goal: Entries<Json>): void {
  for (const command of setting.linux.plan(node.read(setting, goal), goal)) node.run(command);
}

function nothing(...wanted: Entries<Json>[]): Entries<Json> {
  return Object.fromEntries(wanted.flatMap((one) => Object.keys(one)).map((one) => [one, null]));
}

describe.each(settings.map((setting) => [setting.key, setting] as const))("a plan of %s", (key, setting) => {
  const values = wanted[key] ?? fc.constant<Record<string, Json>>({});

  test("has something to want in this test", () => {
    expect(Object.keys(wanted)).toContain(key);
  });

  test("reaches what is wanted, whatever was lost by hand, and a second plan is empty", () => {
    fc.assert(
      fc.property(values, losses, values, (first, lost, second) => {
        const node = new ModelNode();
        makeTrue(node, setting, first);
        expect(node.read(setting, first)).toEqual(first);
        lose(node, lost);
        const goal = { ...nothing(first), ...second };
        makeTrue(node, setting, goal);
        expect(node.read(setting, goal)).toEqual(goal);
        expect(setting.linux.plan(node.read(setting, goal), goal)).toEqual([]);
      }),
    );
  });

  test("for nothing leaves nothing", () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const node = new ModelNode();
        makeTrue(node, setting, first);
        makeTrue(node, setting, { ...nothing(first), ...second });
        makeTrue(node, setting, nothing(first, second));
        expect(node.left()).toEqual([]);
      }),
    );
  });
});
