import { describe, expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

const line = '"$(swap_line /data/swap.1)"';

describe.runIf(hasLinuxShell)("our line in /etc/fstab", () => {
  test.each(["", "# none\n", "/dev/sda1 / ext4\n", "/dev/sda1 / ext4", "\n\n"])(
    "goes and leaves %j as it was",
    async (before) => {
      const { type } = preluded();
      const kept = await type(`printf %s '${before}' | cat_after ${line}`);
      expect(kept).toBe(`/data/swap.1 none swap sw,x-minirack 0 0\n${before}`);
      expect(await type(`printf %s '${kept}' | cat_without ${line}`)).toBe(before);
    },
  );

  test("goes alone", async () => {
    const { type } = preluded();
    const theirs = "/data/swap none swap sw 0 0\n/data/swapX1 none swap sw,x-minirack 0 0\n";
    expect(await type(`printf %s '${theirs}' | cat_without ${line}`)).toBe(theirs);
  });
});

describe.runIf(hasLinuxShell)("a swap file is refused", () => {
  const expected = async (bytes: number, ...before: string[]) => {
    const { at, type } = preluded();
    const said = await type(...before, `${run("swap_expect", at("none/swap"), String(bytes))} 2>&1 || true`);
    return said.replaceAll(at(), "/data");
  };

  test("where the disk has no room for it", async () => {
    const free = "df() { printf 'Avail\\n4294967296\\n'; }";
    expect(await expected(4 * 2 ** 30, free)).toBe(
      "expected 5.0 GiB free for /data/none/swap (a GiB of it stays free), got 4.0 GiB; make room, make it smaller, or choose a path elsewhere\n",
    );
    expect(await expected(3 * 2 ** 30, free)).toBe("");
  });

  test.each(["btrfs", "overlayfs", "tmpfs"])("on %s, which can hold none", async (type) => {
    expect(await expected(2 ** 20, `stat() { echo ${type}; }`)).toBe(
      `expected /data on a file system that can hold swap (ext4, xfs), got ${type}; choose a path elsewhere, as swapGb: { /data/swap: 8 }\n`,
    );
  });
});
