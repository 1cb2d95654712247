import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { close, hasUnknown, open, pathsEnding, unknownValue } from "../../../provider/server/properties.ts";
import { redact } from "../../../provider/transport/redact.ts";

const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const secret = (value: unknown) => ({ ...signature, value });

const key = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== "__proto__");

/** A property bag with secrets anywhere but within one another. */
const { bag } = fc.letrec((tie) => ({
  plain: fc.oneof(
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  hidden: fc.oneof(tie("plain"), fc.dictionary(key, tie("plain"), { maxKeys: 3 })).map(secret),
  value: fc.oneof(
    { maxDepth: 3 },
    tie("plain"),
    tie("hidden"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
  bag: fc.dictionary(key, tie("value"), { maxKeys: 5 }),
}));

describe("a property bag", () => {
  test("makes its secrets known to the redactor, line by line; a short one is in every text", () => {
    open({
      files: { "/etc/redis.conf": { content: secret('bind ::1\nrequirepass "Redis2"\n') } },
      a: secret("ma"),
    });
    expect(redact('made it: got requirepass "Redis2"')).toBe("made it: got [secret]");
  });

  test("is taken apart into plain values and the places of secrets", () => {
    const given = {
      user: "rack",
      connection: { sudoPassword: secret("hunter2") },
      list: [1, secret({ a: secret(2) })],
    };
    expect(open(given)).toEqual({
      properties: { user: "rack", connection: { sudoPassword: "hunter2" }, list: [1, { a: 2 }] },
      secrets: [
        ["connection", "sudoPassword"],
        ["list", 1],
        ["list", 1, "a"],
      ],
    });
  });

  test("comes back with its secrets wrapped", () => {
    fc.assert(
      fc.property(bag, (given) => {
        const { properties, secrets } = open(given);
        expect(close(properties, secrets)).toEqual(z.record(z.string(), z.json()).parse(given));
      }),
    );
  });

  test("has what ends as a path told wherever it is", () => {
    const ends = { mini1: { connection: { sudoPassword: "a" } }, mini2: { connection: { user: "rack" } } };
    const given = { connection: { sudoPassword: "b" }, sudoPassword: "no", ends, list: [{ connection: 1 }] };
    expect(pathsEnding(given, [["connection", "sudoPassword"]])).toEqual([
      ["connection", "sudoPassword"],
      ["ends", "mini1", "connection", "sudoPassword"],
    ]);
  });

  test("is not wrapped twice", () => {
    const once = close({ password: "hunter2" }, [["password"]]);
    expect(close(once, [["password"]])).toEqual({ password: secret("hunter2") });
  });

  test("is left alone where a secret's place is gone", () => {
    expect(close({ a: 1 }, [["b"], ["a", "c"], ["d", 0]])).toEqual({ a: 1 });
  });

  test("that is missing is empty", () => {
    expect(open(undefined)).toEqual({ properties: {}, secrets: [] });
  });
});

test("an unknown value is found however deep", () => {
  expect(hasUnknown({ a: [{ b: unknownValue }] })).toBe(true);
  expect(hasUnknown({ a: ["x", null, 1, { b: false }] })).toBe(false);
});
