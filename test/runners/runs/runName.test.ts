import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectRunName, withTimestamp } from "../../../runners/runs/runName.ts";

const rule = 'expected at most 80 letters, digits, ".", "_" and "-", a letter or a digit first';

describe("a run's name", () => {
  test.each(["baseline", "23_train.v2-a", "7", "a".repeat(80)])("may be %s", (name) => {
    expect(expectRunName(name)).toBe(name);
  });

  test.each([
    ["a/b", `run name: ${rule}, got "a/b"; a-b would do`],
    ["../secret", `run name: ${rule}, got "../secret"; secret would do`],
    ["..", `run name: ${rule}, got ".."; baseline would do`],
    ["", `run name: ${rule}, got ""; baseline would do`],
    ["my run", `run name: ${rule}, got "my run"; my-run would do`],
    ["-force", `run name: ${rule}, got "-force"; force would do`],
    ["line\n", `run name: ${rule}, got "line\\n"; line would do`],
    ["a".repeat(81), `run name: ${rule}, got "${"a".repeat(81)}"; ${"a".repeat(80)} would do`],
  ])("may not be %j", (name, message) => {
    expect(() => expectRunName(name)).toThrow(new Error(message));
  });

  test("is one folder's name and one word, or refused with one that is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        const name = nameOrOffered(text);
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/);
        expect(expectRunName(name)).toBe(name);
      }),
    );
  });
});

function nameOrOffered(text: string): string {
  try {
    return expectRunName(text);
  } catch (error) {
    return /; (\S+) would do$/.exec(String(error))?.[1] ?? "";
  }
}

test("a time is added in UTC, to the second", () => {
  expect(withTimestamp("train", new Date("2025-10-24T14:30:22.900Z"))).toBe("train_20251024_143022");
  expect(() => withTimestamp("a".repeat(70), new Date(0))).toThrow("expected at most 80");
});
