import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { clusterParts } from "../../config/clusterParts.ts";
import { pathText } from "../../config/configError.ts";
import { keysAt } from "../../config/problems/schemaParts.ts";
import { formFaults } from "../support/problemForm.ts";
import { refusalOf } from "../support/refusal.ts";
import { mappingsOf, mutation } from "./mutations.ts";

const examples = new URL("../../examples/", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "minirack-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync(join(examples, "files"), join(folder, "files"), { recursive: true });
const file = join(folder, "cluster.yaml");

const example = readable(readFileSync(join(examples, "everything.yaml"), "utf8"));

/** Without the project that git brings, which takes longer than all else, and with secrets that are there. */
function readable(text: string): string {
  const document = parseDocument(text);
  document.deleteIn(["projects", "minirack"]);
  return String(document).replaceAll(/\{ config: \w+ \}/g, "{ config: known }");
}

function refused(text: string) {
  writeFileSync(file, text);
  return refusalOf(file);
}

test("the example that is changed here loads as it is", () => {
  expect(refused(example)?.message).toBeUndefined();
});

test("whatever is changed in a cluster file, it loads, or is refused in four parts at a place in it", () => {
  fc.assert(
    fc.property(
      mutation.map((mutate) => mutate(example)),
      (text) => {
        const error = refused(text);
        const read = readFileSync(file, "utf8"); // half a sign is written as another one
        if (error !== undefined) expect(formFaults(error, read)).toEqual([]);
      },
    ),
    { numRuns: 80 },
  );
});

const named = mappingsOf(parseDocument(example))
  .map(({ path }) => path)
  .filter((path) => keysAt(clusterParts(), path).length > 0);

test("the example has many mappings whose keys have names of ours", () => {
  expect(named.length).toBeGreaterThan(30);
});

test("an unknown key is refused in each of them, at its line", () => {
  const silent = named.filter((path) => {
    const document = parseDocument(example);
    const place = [...path, "zzUnknown"];
    document.setIn(place, "anything");
    const text = String(document);
    const line = text.slice(0, text.indexOf("zzUnknown")).split("\n").length;
    const problems = refused(text)?.problems ?? [];
    return !problems.some((one) => one.line === line && one.path === pathText(place));
  });
  expect(silent.map(pathText)).toEqual([]);
});
