import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sourceFile } from "../../../provider/shell/sourceFile.ts";
import { hasLinuxShell, runProgram } from "../../support/realShell.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A Redis that has kept a snapshot, and what the node's configuration and ours say. */
function redisWith(theirs: string, ours: string) {
  const folder = temporaryFolder();
  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(join(data, "dump.rdb"), "REDIS0010");
  writeFileSync(join(folder, "redis.conf"), theirs.replaceAll("DATA", data));
  writeFileSync(join(folder, "minirack.conf"), ours);
  const script = sourceFile("provider/redis/fromSnapshot.sh").replaceAll("/etc/redis", folder);
  const start = async () =>
    expect(await runProgram(["sh", "-s"], script)).toMatchObject({ code: 0, stderr: "" });
  return { data, start };
}

describe.runIf(hasLinuxShell)("before Redis starts, its snapshot", () => {
  test("becomes the base of a log that is wanted and not there", async () => {
    const { data, start } = redisWith('# dir /none\ndir "DATA"\n', "appendonly yes\n");
    await start();
    const log = join(data, "appendonlydir");
    expect(readFileSync(join(log, "appendonly.aof.1.base.rdb"), "utf8")).toBe("REDIS0010");
    expect(readFileSync(join(log, "appendonly.aof.manifest"), "utf8")).toBe(
      "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n",
    );
    writeFileSync(join(log, "appendonly.aof.1.incr.aof"), "written");
    await start();
    expect(readFileSync(join(log, "appendonly.aof.1.incr.aof"), "utf8")).toBe("written");
  });

  test("is found under the names that the node's configuration gives", async () => {
    const names = 'dir DATA\nappenddirname log\nappendfilename "all.aof"\nappendonly no\n';
    const { data, start } = redisWith(names, "appendonly yes\n");
    await start();
    expect(readdirSync(join(data, "log")).sort()).toEqual([
      "all.aof.1.base.rdb",
      "all.aof.1.incr.aof",
      "all.aof.manifest",
    ]);
  });

  test.each(["appendonly no\n", ""])("stays alone where no log is wanted: %j", async (ours) => {
    const { data, start } = redisWith("dir DATA\n", ours);
    await start();
    expect(existsSync(join(data, "appendonlydir"))).toBe(false);
  });
});
