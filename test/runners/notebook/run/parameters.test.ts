import { expect, test } from "vitest";
import { addParameter, scriptArguments } from "../../../../runners/notebook/run/parameters.ts";

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

test("a script gets them as options", () => {
  expect(scriptArguments({ rate: 0.1, who: "ada b", flag: true, list: [1] })).toEqual([
    "--rate=0.1",
    "--who=ada b",
    "--flag=true",
    "--list=[1]",
  ]);
});
