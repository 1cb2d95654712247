import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { readInside } from "../../../provider/folders/insideFile.ts";
import { packPieces } from "../../../provider/folders/packPieces.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

function folders(): { outer: string; folder: string } {
  const outer = temporaryFolder();
  const folder = join(outer, "folder");
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(outer, "key"), "secret");
  writeFileSync(join(folder, "sub/a.txt"), "one");
  return { outer, folder };
}

test("a file is read through links that stay in the folder", () => {
  const { folder } = folders();
  symlinkSync("sub/a.txt", join(folder, "b.txt"));
  expect(readInside(folder, "b.txt").toString()).toBe("one");
});

test("a link out of the folder is refused, of a file or of a folder above it", () => {
  const { outer, folder } = folders();
  symlinkSync("../key", join(folder, "c.txt"));
  symlinkSync(outer, join(folder, "up"));
  for (const path of ["c.txt", "up/key", "../key"])
    expect(() => readInside(folder, path)).toThrow(
      `${folder}: expected links that stay in it, got ${path}, which leads out of it; put the file itself there or ignore it`,
    );
});

test("what is no file does not hold up", () => {
  const { folder } = folders();
  execFileSync("mkfifo", [join(folder, "pipe")]);
  expect(() => readInside(folder, "pipe")).toThrow(
    `${folder}: expected files and folders, got pipe, which is neither; ignore it`,
  );
});

test("a file that became a link after the folder was looked at is not sent", async () => {
  const { folder } = folders();
  symlinkSync("../key", join(folder, "late.txt"));
  const sent = packPieces(folder, [{ name: "0", path: "late.txt", startByte: 0, sizeBytes: 6 }]);
  await expect(text(sent)).rejects.toThrow("got late.txt, which leads out of it");
});
