import { expect, test } from "vitest";
import { addParameter } from "../../../../runners/notebook/run/parameters.ts";

test.each([
  ["n=3", { n: 3 }],
  ["rate=0.1", { rate: 0.1 }],
  ["name=ada", { name: "ada" }],
  ['name="3"', { name: "3" }],
  ["flag=True", { flag: true }],
  ["flag=false", { flag: false }],
  ["none=None", { none: null }],
  ["list=[1, 2]", { list: [1, 2] }],
  ["text=a=b", { text: "a=b" }],
  ["empty=", { empty: "" }],
  ["alpha=1.0", { alpha: { python: "1.0" } }],
  ["rate=.5", { rate: 0.5 }],
  ["many=1e3", { many: { python: "1000.0" } }],
  ["small=1e-7", { small: 1e-7 }],
  ["plus=+1", { plus: 1 }],
  ["five=5.", { five: { python: "5.0" } }],
  ["thousand=1_000", { thousand: 1000 }],
  ["zero=-0.0", { zero: { python: "-0.0" } }],
  ["none=nan", { none: { python: "nan" } }],
  ["most=-inf", { most: { python: "-inf" } }],
  ["ident=12345678901234567890", { ident: { python: "12345678901234567890" } }],
  ["ident=-9007199254740993", { ident: { python: "-9007199254740993" } }],
  [
    "list=[1.0, 2, 12345678901234567890]",
    { list: [{ python: "1.0" }, 2, { python: "12345678901234567890" }] },
  ],
  ['text=["1.0", "a 2.0 \\" 3.0"]', { text: ["1.0", 'a 2.0 " 3.0'] }],
  ["zip=01234", { zip: "01234" }],
  ["version=1.2.3", { version: "1.2.3" }],
  ["hash=1f", { hash: "1f" }],
  ["path=/data/prices", { path: "/data/prices" }],
])("-p %s", (text, expected) => {
  expect(addParameter(text)).toEqual(expected);
});

test.each(["3=n", "n", "learning-rate=1", "=1", "a b=1"])("-p %s is refused", (text) => {
  expect(() => addParameter(text)).toThrow(
    `expected name=value with a Python name (learning_rate=0.1), found ${text}`,
  );
});

test("a parameter that is given twice is refused", () => {
  expect(() => addParameter("n=4", addParameter("n=3"))).toThrow(
    "expected each parameter once, found n twice",
  );
});

test("an object that would be taken for a number is refused", () => {
  expect(() => addParameter('n={"python": "nan"}')).toThrow(
    'expected an object with other names than python alone, which stands for a number here, found n={"python": "nan"}',
  );
});
