import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseExact, stringifyExact } from "../../../runners/runs/exactNumbers.ts";
import { readJson, writeJson } from "../../../runners/runs/jsonFile.ts";
import { runKey } from "../../../runners/runs/runKey.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test.each([
  ['{"a":1.0,"b":[12345678901234567890,-0.0],"c":"1.0","d":0.1,"e":1e+21}', undefined],
  ['{"a":1E3}', '{"a":1000.0}'],
  ['{"a":NaN,"b":-Infinity}', '{"a":{"python":"nan"},"b":{"python":"-inf"}}'],
  ['{"a":"{\\"python\\":\\"1\\"}"}', undefined],
])("%s is said again as it was read", (text, said) => {
  expect(stringifyExact(parseExact(text))).toBe(said ?? text);
});

test("a run's parameters are in its file to the last digit, however often it is written again", async () => {
  const file = join(temporaryFolder(), "metadata.json");
  const parameters = { alpha: { python: "1.0" }, ident: { python: "12345678901234567890" }, n: 3 };
  await writeJson(file, { seconds: 12, parameters });
  await writeJson(file, await readJson(file));
  expect(await readJson(file)).toEqual({ seconds: 12, parameters });
  expect(await readFile(file, "utf8")).toContain('"alpha": 1.0,\n    "ident": 12345678901234567890,\n');
});

test("other numbers of a file are read as ever", async () => {
  const file = join(temporaryFolder(), "metadata.json");
  await writeJson(file, { seconds: { python: "12.0" }, parameters: {} });
  expect(await readJson(file)).toEqual({ seconds: 12, parameters: {} });
});

test("another number is other work", () => {
  const keys = [1, { python: "1.0" }, { python: "nan" }, "nan"].map((n) => runKey({ parameters: { n } }));
  expect(new Set(keys).size).toBe(4);
});
