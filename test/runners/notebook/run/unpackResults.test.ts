import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { expect, test } from "vitest";
import { unpackResults } from "../../../../runners/notebook/run/unpackResults.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

async function archiveOf(fill: (tar: ReturnType<typeof pack>) => void): Promise<string> {
  const archive = join(temporaryFolder(), "results.tar.gz");
  const tar = pack();
  fill(tar);
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(archive));
  return archive;
}

test("files and folders come as they were", async () => {
  const folder = temporaryFolder();
  const archive = await archiveOf((tar) => {
    tar.entry({ name: "output/", type: "directory" });
    tar.entry({ name: "output/deep/answer.txt" }, "42\n");
    tar.entry({ name: "output/empty" }, "");
  });
  expect(await unpackResults(archive, folder)).toEqual([]);
  expect(readFileSync(join(folder, "output/deep/answer.txt"), "utf8")).toBe("42\n");
  expect(readFileSync(join(folder, "output/empty"), "utf8")).toBe("");
});

test("what leads out of the folder, links and devices are left out and told", async () => {
  const folder = temporaryFolder();
  const archive = await archiveOf((tar) => {
    tar.entry({ name: "../outside" }, "x");
    tar.entry({ name: "/absolute" }, "x");
    tar.entry({ name: "output/link", type: "symlink", linkname: "/etc/passwd" });
    tar.entry({ name: "output/link/passwd" }, "a file of its own, below a folder");
    tar.entry({ name: "output/good" }, "good");
  });
  expect(await unpackResults(archive, folder)).toEqual(["../outside", "/absolute", "output/link"]);
  expect(readdirSync(join(folder, "output")).sort()).toEqual(["good", "link"]);
  expect(existsSync(join(folder, "../outside"))).toBe(false);
});

test("an archive that ends too early is an error", async () => {
  const archive = join(temporaryFolder(), "cut.tar.gz");
  const whole = await archiveOf((tar) => tar.entry({ name: "output/large" }, "x".repeat(100_000)));
  await pipeline([readFileSync(whole).subarray(0, 60)], createWriteStream(archive));
  await expect(unpackResults(archive, temporaryFolder())).rejects.toThrow();
});
