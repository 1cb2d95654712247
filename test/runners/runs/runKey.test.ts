import fc from "fast-check";
import { expect, test } from "vitest";
import { runKey } from "../../../runners/runs/runKey.ts";

const scalar = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.string({ maxLength: 6 }).filter((text) => text !== "__proto__");
const dictionary = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar), fc.dictionary(name, scalar)));

test("is the same whatever the order of names, and without those that are undefined", () => {
  fc.assert(
    fc.property(dictionary, (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(runKey(turned)).toBe(runKey(value));
      if (!("~" in value)) expect(runKey({ ...value, "~": undefined })).toBe(runKey(value));
    }),
  );
});

test("is another for whatever JSON tells apart", () => {
  fc.assert(
    fc.property(dictionary, dictionary, (one, other) => {
      const text = (value: object) =>
        JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
      fc.pre(text(one) !== text(other) && !hasInnerOrder(one) && !hasInnerOrder(other));
      expect(runKey(one)).not.toBe(runKey(other));
    }),
  );
  expect(runKey(["a", "b"])).not.toBe(runKey(["b", "a"]));
  expect(runKey({ a: "1" })).not.toBe(runKey({ a: 1 }));
});

/** Objects in it may differ by the order of names alone. */
function hasInnerOrder(value: object): boolean {
  return Object.values(value).some(
    (part) => typeof part === "object" && part !== null && !Array.isArray(part),
  );
}

test("is the SHA-256 that other programs get from JSON with sorted names", () => {
  // printf '{"a":[1,null],"b":"x"}' | sha256sum
  expect(runKey({ b: "x", a: [1, null] })).toBe(
    "3dece6dc8d22d61692b03c7d51836aaec96fd08a614e224565e177ad6ff9dbe2",
  );
});

test("refuses a number that JSON cannot say", () => {
  expect(() => runKey({ rate: Number.NaN })).toThrow(
    "run key: expected a finite number, got NaN; say it as text",
  );
});
