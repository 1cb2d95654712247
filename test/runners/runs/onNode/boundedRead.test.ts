import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { boundedRead } from "../../../../runners/runs/onNode/boundedRead.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function runFolder(): { folder: string; file: string; read: () => Promise<string> } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "output/.minirack"), { recursive: true });
  const path = "output/.minirack/outcome.json";
  return {
    folder,
    file: join(folder, path),
    read: async () =>
      (await execa("sh", { input: `set -eu\n${boundedRead(folder, path)}\necho end\n`, timeout: 20_000 }))
        .stdout,
  };
}

test("a file is printed as it is", async () => {
  const { file, read } = runFolder();
  writeFileSync(file, '{ "status": "running" }\n');
  expect(await read()).toBe('{ "status": "running" }\nend');
});

test("where nothing is, nothing is printed", async () => {
  expect(await runFolder().read()).toBe("end");
});

test("a link that leads to what has no end is not followed", async () => {
  const { file, read } = runFolder();
  symlinkSync("/dev/zero", file);
  expect(await read()).toBe("end");
});

test("a folder on the way that is a link is not entered", async () => {
  const { folder, file, read } = runFolder();
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, "outcome.json"), "somebody else's");
  rmSync(join(folder, "output/.minirack"), { recursive: true });
  symlinkSync(elsewhere, join(folder, "output/.minirack"));
  expect(await read()).toBe("end");
  rmSync(join(folder, "output"), { recursive: true });
  symlinkSync(folder, join(folder, "output"));
  mkdirSync(join(folder, ".minirack"));
  writeFileSync(file, "ours by another way");
  expect(await read()).toBe("end");
});

test("a pipe is not waited for", async () => {
  const { file, read } = runFolder();
  await execa("mkfifo", [file]);
  expect(await read()).toBe("end");
});

test("of a file of 600 MB one MiB is read", async () => {
  const { file, read } = runFolder();
  writeFileSync(file, "");
  truncateSync(file, 600 * 2 ** 20);
  expect((await read()).length).toBe(2 ** 20 + "end".length);
});
