import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentKey } from "../../lab/contentKey.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

test("a key stands for the files of its folders: their names and what is in them", () => {
  const folder = temporaryFolder();
  const empty = contentKey([folder]);
  writeFileSync(join(folder, "a.sh"), "one");
  const one = contentKey([folder]);
  writeFileSync(join(folder, "a.sh"), "two");
  const two = contentKey([folder]);
  writeFileSync(join(folder, "b.sh"), "");
  expect(new Set([empty, one, two, contentKey([folder])]).size).toBe(4);
  writeFileSync(join(folder, "a.sh"), "one");
  mkdirSync(join(folder, "not-read"));
  expect(contentKey([folder])).not.toBe(two);
  expect(one).toMatch(/^[0-9a-f]{12}$/);
});

test("a folder that is not there is an empty one", () => {
  expect(contentKey(["/no/such/folder"])).toBe(contentKey([]));
});
