import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import type { TestLab } from "../../support/testLab.ts";
import { until } from "./until.ts";

const jq = { jq: "installed" };

/** Others who use apt, and what they leave behind. */
export function foreignApt(given: () => { lab: TestLab; settings: LabSettings }): void {
  const installed = (node: string) =>
    given().lab.on(node, "dpkg-query -W -f='${Status}' jq 2>/dev/null || true");
  const create = (node: string) => given().settings.create(node, "packages", jq);
  const remove = (node: string) => given().settings.delete(node, "packages", jq);
  /** Holds dpkg's lock as apt does (fcntl) for so many seconds. */
  const holdLock = async (node: string, path: string, seconds: number) => {
    const script = `import fcntl,time; f=open("${path}","w"); fcntl.lockf(f,fcntl.LOCK_EX); open("/tmp/held","w"); time.sleep(${seconds})`;
    await given().lab.on(node, `rm -f /tmp/held; python3 -c '${script}' > /dev/null 2>&1 &`);
    await until(given().lab, node, "[ -e /tmp/held ]");
    onTestFinished(async () => void (await given().lab.on(node, "pkill -f 'import [f]cntl' || true")));
  };
  /** The wait for locks, shortened. */
  const waitFor = (seconds: number) => {
    process.env.MINIRACK_LOCK_SECONDS = String(seconds);
    onTestFinished(() => void delete process.env.MINIRACK_LOCK_SECONDS);
  };

  describe.sequential("apt, used by somebody else", { tags: "matrix" }, () => {
    afterEach(() => closePool());

    test("is waited for, the lists' lock and dpkg's", async () => {
      await given().lab.on("mini1", "rm -rf /var/lib/apt/lists/*; mkdir -p /var/lib/apt/lists/partial");
      await holdLock("mini1", "/var/lib/apt/lists/lock", 5);
      await holdLock("mini2", "/var/lib/dpkg/lock-frontend", 6);
      await Promise.all([create("mini1"), create("mini2")]);
      expect(await installed("mini1")).toBe("install ok installed");
      expect(await installed("mini2")).toBe("install ok installed");
      await Promise.all([remove("mini1"), remove("mini2")]);
      expect(await installed("mini1")).toBe("");
    });

    test("and never let go is told with the limit's end, and who holds it", async () => {
      waitFor(2);
      await holdLock("mini1", "/var/lib/dpkg/lock-frontend", 120);
      const error = await failureOf(create("mini1"));
      expect(error.message).toMatch(
        /^node mini1: packages: expected to install jq, got exit code 1: .*Could not get lock \/var\/lib\/dpkg\/lock-frontend. It is held by process \d+ \(python3\)/s,
      );
      await given().lab.on("mini1", "pkill -f 'import [f]cntl'");
      await create("mini1");
      await remove("mini1");
    });

    test("and killed half way is mended first", async () => {
      const { lab } = given();
      await lab.on(
        "mini1",
        "cd /tmp && apt-get -q download libjq1 && dpkg --unpack libjq1_*.deb && rm libjq1_*.deb",
      );
      expect(await lab.on("mini1", "dpkg --audit")).toContain("libjq1");
      await create("mini1");
      expect(await lab.on("mini1", "dpkg --audit")).toBe("");
      await remove("mini1");
      await lab.on("mini1", "apt-get -q -y purge libjq1 libonig5 2>&1");
    });

    test("on a node whose clock is a day behind is told in apt's words", async () => {
      const { lab } = given();
      const release = "Origin: test\\nSuite: test\\nDate: %s\\n";
      await lab.on(
        "mini1",
        `mkdir -p /tmp/repo; touch /tmp/repo/Packages
         printf '${release}' "$(date -u -R -d '+1 day')" > /tmp/repo/Release
         (cd /tmp/repo; printf 'SHA256:\\n %s 0 Packages\\n' "$(sha256sum Packages | cut -d' ' -f1)" >> Release)
         echo 'deb [trusted=yes] file:/tmp/repo ./' > /etc/apt/sources.list.d/test.list
         rm -rf /var/lib/apt/lists/*; mkdir -p /var/lib/apt/lists/partial`,
      );
      onTestFinished(async () => {
        await lab.on("mini1", "rm -rf /tmp/repo /etc/apt/sources.list.d/test.list; apt-get -q update 2>&1");
      });
      const error = await failureOf(create("mini1"));
      expect(error.message).toMatch(/^node mini1: packages: .*not valid yet \(invalid for another 23h/s);
    });
  });
}
