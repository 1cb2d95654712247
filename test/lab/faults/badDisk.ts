import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import type { TestLab } from "../../support/testLab.ts";
import { notes } from "./onEveryNode.ts";

/** A disk that takes nothing more: the error is the node's own, and nothing half written stays. */
export function badDisk(given: () => { lab: TestLab; settings: LabSettings }): void {
  const mounted = async (where: string, options: string) => {
    const { lab } = given();
    await lab.on("mini1", `mkdir -p ${where}; mount -t tmpfs -o ${options} test ${where}`);
    onTestFinished(async () => void (await lab.on("mini1", `umount ${where} 2>/dev/null || true`)));
  };
  const listing = (where: string) =>
    given().lab.on("mini1", `find ${where} -mindepth 1 ! -name filler ! -name firstSudo`);

  describe.sequential("a bad disk", () => {
    afterEach(() => closePool());

    test("that is full is told in the node's words, and the file is whole or not there", async () => {
      const { lab, settings } = given();
      await mounted("/srv", "size=64k,mode=755");
      await lab.on("mini1", "head -c 61440 /dev/zero > /srv/filler");
      const large = notes("x".repeat(50_000));
      const error = await failureOf(settings.create("mini1", "files", large));
      expect(error.message).toMatch(
        /^node mini1: files: expected to write \/srv\/notes\/readme.txt, got exit code \d+: .*(No space left on device|I\/O error)/s,
      );
      expect(error.message).toContain("; mend what the lines above say, then run the command again");
      expect((await listing("/srv")).split("\n").filter((path) => path.includes("readme"))).toEqual([]);
      await lab.on("mini1", "rm /srv/filler");
      await settings.create("mini1", "files", large);
      expect(await lab.on("mini1", "wc -c < /srv/notes/readme.txt")).toBe("50000");
      await settings.delete("mini1", "files", large);
      expect(await listing("/srv")).toBe("");
    });

    test("that is full where the records are stops before anything is changed", async () => {
      const { lab, settings } = given();
      await mounted("/var/lib/minirack", "size=4k,mode=700");
      await lab.on("mini1", "head -c 4096 /dev/zero > /var/lib/minirack/filler");
      const error = await failureOf(settings.create("mini1", "files", notes()));
      expect(error.message).toMatch(/^node mini1: files: expected to .*, got exit code \d+: /s);
      expect([await listing("/srv"), await listing("/var/lib/minirack")]).toEqual(["", ""]);
      await lab.on("mini1", "umount /var/lib/minirack; touch /var/lib/minirack/firstSudo");
      await settings.create("mini1", "files", notes());
      await settings.delete("mini1", "files", notes());
    });

    test("that is read-only is told, and the next time goes through", async () => {
      const { lab, settings } = given();
      await mounted("/srv", "size=64k,mode=755,ro");
      const error = await failureOf(settings.create("mini1", "files", notes()));
      expect(error.message).toMatch(/^node mini1: files: expected to write .*Read-only file system/s);
      await lab.on("mini1", "umount /srv");
      await settings.create("mini1", "files", notes());
      expect(await lab.on("mini1", "cat /srv/notes/readme.txt")).toBe("ours");
      await settings.delete("mini1", "files", notes());
      expect(await lab.on("mini1", "ls -A /srv; ls -d /var/lib/minirack || true")).toBe("");
    });
  });
}
