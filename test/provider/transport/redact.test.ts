import fc from "fast-check";
import { expect, test } from "vitest";
import { NodeError } from "../../../provider/transport/nodeError.ts";
import { redact, registerSecret } from "../../../provider/transport/redact.ts";

test("a registered secret is in no text", () => {
  registerSecret("hunter2");
  registerSecret("hunter2hunter2");
  expect(redact("expected hunter2hunter2, got hunter2")).toBe("expected [secret], got [secret]");
});

test("nor in a node's error", () => {
  registerSecret("open sesame");
  const failure = {
    node: "mini1",
    subject: "sudo",
    expected: "a",
    found: "sudo: open sesame: no",
    remedy: "c",
  };
  expect(new NodeError(failure).message).toBe("node mini1: sudo: expected a, got sudo: [secret]: no; c");
});

test("of a secret of several lines none is shown, where it is longer than three characters", () => {
  registerSecret('bind 127.0.0.1\n  requirepass "RedisSecretTwo"\nyes\n');
  expect(redact('got requirepass "RedisSecretTwo", yes')).toBe("got [secret], yes");
});

test("what a terminal would obey goes too, and hides no secret", () => {
  registerSecret("barley");
  expect(redact("\u001b[91mbar\u001b[0mley\u0007")).toBe("[secret]");
});

test("an empty secret is none", () => {
  registerSecret("");
  expect(redact("as it is")).toBe("as it is");
});

test("whatever it looks like", () => {
  const secret = fc.string({ unit: "grapheme" }).map((text) => `<${text}>`); // marked: it stays registered
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
      registerSecret(hidden);
      expect(redact(before + hidden + after)).not.toContain(hidden);
    }),
    { numRuns: 50 },
  );
});
