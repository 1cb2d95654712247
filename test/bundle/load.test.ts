import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const module = new URL("../../bundle/load.mjs", import.meta.url).href;
let root: string;

/** A project whose provider says something. */
beforeEach(() => {
  root = temporaryFolder();
  for (const room of ["bundle", "config", "provider"]) mkdirSync(join(root, room));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }\n');
  says(1);
});

function says(word: number | string): void {
  writeFileSync(join(root, "provider", "main.ts"), `export const word: unknown = ${word};\n`);
}

/** What the provider says in a process of its own. */
async function loaded(): Promise<unknown> {
  const program = `import { load } from ${JSON.stringify(module)};
    const { word } = await load("provider", ${JSON.stringify(root)});
    console.log(JSON.stringify(word))`;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", program]);
  return JSON.parse(stdout);
}
const itself = "{ file: import.meta.url }";
const bundles = () => readdirSync(join(root, "dist"));

describe("load", () => {
  it("imports the sources as they are now, and keeps one bundle", async () => {
    expect(await loaded()).toBe(1);
    const first = bundles();
    says(2);
    expect(await loaded()).toBe(2);
    expect(bundles()).toHaveLength(1);
    expect(bundles()).not.toEqual(first);
  });

  it("makes no bundle where there is one", async () => {
    says(itself);
    const [file, again] = [await loaded(), await loaded()];
    expect(file).toMatchObject({
      file: expect.stringMatching(/dist\/provider-[0-9a-f]{16}\/provider\.mjs$/),
    });
    expect(again).toEqual(file);
  });

  it("makes one that all of several processes read which start at once", async () => {
    expect(await Promise.all([loaded(), loaded(), loaded()])).toEqual([1, 1, 1]);
    expect(bundles()).toHaveLength(1);
  });

  it("makes another when the lock file has changed", async () => {
    await loaded();
    const [first] = bundles();
    writeFileSync(join(root, "package-lock.json"), "{}\n");
    await loaded();
    expect(bundles()).not.toContain(first);
  });

  it("runs the sources where no bundle can be written", async () => {
    says(itself);
    writeFileSync(join(root, "dist"), "");
    expect(await loaded()).toMatchObject({ file: expect.stringMatching(/provider\/main\.ts/) });
  });

  it("says what is wrong with a source", async () => {
    says("(");
    await expect(loaded()).rejects.toThrow(/main\.ts/);
  });
});
