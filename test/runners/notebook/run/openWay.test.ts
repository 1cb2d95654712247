import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { openWay } from "../../../../runners/notebook/run/openWay.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

async function openWayTo(path: string): Promise<string> {
  const { stdout } = await execa("sh", ["-c", `${openWay}open_way "$1"`, "sh", path]);
  return stdout.replace(/ \(.*$/, "");
}

function made(): string {
  const folder = temporaryFolder();
  for (const [path, mode] of [
    ["closed/data", 0o777],
    ["open/data", 0o755],
    ["sticky/data", 0o755],
  ] as const) {
    mkdirSync(join(folder, path), { recursive: true });
    chmodSync(join(folder, path), mode);
  }
  chmodSync(join(folder, "open"), 0o777);
  chmodSync(join(folder, "sticky"), 0o1777);
  return folder;
}

test("a folder that others may write to is open to whom may exchange what lies in it", async () => {
  const folder = made();
  expect(await openWayTo(join(folder, "open/data"))).toBe(join(folder, "open"));
  expect(await openWayTo(join(folder, "closed/data"))).toBe("");
  expect(await openWayTo(join(folder, "sticky/data"))).toBe("");
});

test("a link is followed: where it leads through an open folder is open, wherever it lies", async () => {
  const folder = made();
  symlinkSync("../open/data", join(folder, "closed", "relative"));
  symlinkSync(join(folder, "open/data"), join(folder, "closed", "absolute"));
  symlinkSync("data", join(folder, "closed", "inside"));
  symlinkSync(join(folder, "closed/data"), join(folder, "open", "out"));
  for (const one of ["closed/relative", "closed/absolute", "open/out"])
    expect(await openWayTo(join(folder, one))).toBe(join(folder, "open"));
  expect(await openWayTo(join(folder, "closed/inside"))).toBe("");
});
