import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the program in YAML that the manual shows is the one that the lab runs", () => {
  const [shown] = [...read("docs/manual/languages.md").matchAll(/^```yaml\n(.*?)^```$/gms)].map(
    ([, yaml]) => yaml,
  );
  expect(shown).toBe(read("examples/yaml/Pulumi.yaml"));
});
