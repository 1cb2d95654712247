import { expect, test } from "vitest";
import { detailedDiff } from "../../../provider/server/detailedDiff.ts";

const diff = (...given: Parameters<typeof detailedDiff>) => Object.fromEntries(detailedDiff(...given));

test("equal properties do not differ", () => {
  expect(diff({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } })).toEqual({});
});

test("each entry is told by its own path", () => {
  const before = { packages: { jq: "installed", tmux: "installed" }, swapGb: 16, gone: 1 };
  const after = { packages: { jq: "installed", htop: "installed" }, swapGb: 32, fresh: 1 };
  expect(diff(before, after)).toEqual({
    "packages.tmux": "delete",
    "packages.htop": "add",
    swapGb: "update",
    gone: "delete",
    fresh: "add",
  });
});

test("a key that is no plain word is quoted as Pulumi does", () => {
  expect(
    diff({ files: { "/etc/motd": { mode: "0644" } } }, { files: { "/etc/motd": { mode: "0600" } } }),
  ).toEqual({
    'files["/etc/motd"].mode': "update",
  });
});

test("a list is one value, and so is what changes its kind", () => {
  expect(diff({ list: [1, 2], kind: { a: 1 } }, { list: [1, 3], kind: [1] })).toEqual({
    list: "update",
    kind: "update",
  });
});

test("null is a value, not an absence", () => {
  expect(diff({ a: null }, {})).toEqual({ a: "delete" });
  expect(diff({ a: null }, { a: 0 })).toEqual({ a: "update" });
});

test("the order of keys is no difference", () => {
  expect(diff({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual({});
});
