import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import { sshKey } from "../../support/sshKey.ts";
import { tcpProxy } from "../../support/tcpProxy.ts";
import type { TestLab } from "../../support/testLab.ts";
import { testSeed } from "../../support/testSeed.ts";
import { notes } from "./onEveryNode.ts";
import { until } from "./until.ts";

/** An sshd that sheds connections, and networks that are slow, cut, or lead somewhere else. */
export function badNetwork(given: () => { lab: TestLab; settings: LabSettings }): void {
  const bothWays = async (node: string, settings = given().settings) => {
    await settings.create(node, "files", notes());
    await settings.delete(node, "files", notes());
  };
  /** With lines of sshd_config for the time of one test. */
  const withSshd = async (node: string, lines: string) => {
    const { lab } = given();
    const file = "/etc/ssh/sshd_config.d/00-test.conf";
    const reload = "systemctl restart ssh";
    await lab.on(node, `printf '%s\\n' '${lines}' > ${file}; ${reload}`);
    await until(lab, node, "systemctl is-active -q ssh");
    onTestFinished(async () => void (await lab.on(node, `rm -f ${file}; ${reload}`)));
  };

  describe.sequential("a bad network", () => {
    afterEach(() => closePool());

    test("where sshd takes two connections at a time (MaxStartups 2:100:2) is waited for", {
      tags: "matrix",
    }, async () => {
      const { lab } = given();
      await withSshd("mini1", "MaxStartups 2:100:2");
      const strangers = await Promise.all([stranger(lab.portOf("mini1")), stranger(lab.portOf("mini1"))]);
      const done = bothWays("mini1");
      await until(lab, "mini1", "journalctl --unit ssh --since -1min | grep -q MaxStartups");
      for (const socket of strangers) socket.destroy();
      await done;
    });

    test("where sshd punishes whoever failed to log in (PerSourcePenalties) is waited for", {
      tags: "matrix",
    }, async () => {
      const { lab } = given();
      await withSshd("mini3", "PerSourcePenalties noauth:6s min:5s");
      (await stranger(lab.portOf("mini3"))).destroy();
      await until(lab, "mini3", "! pgrep -x sshd-session > /dev/null");
      const refused = await failureOf(stranger(lab.portOf("mini3")));
      await bothWays("mini3");
      expect(refused.message).toContain("Not allowed at this time");
    });

    test("of 50 ms each way that resets 1 in 100 pieces of data only takes longer", {
      tags: "matrix",
    }, async () => {
      const { lab, settings } = given();
      const weather = { latencyMilliseconds: 50, resets: 0.01, seed: testSeed };
      const proxy = await tcpProxy(lab.portOf("mini2"), weather);
      onTestFinished(() => proxy.close());
      const far = settings.over({ port: proxy.port });
      let rounds = 0;
      for (; rounds < 3 || (proxy.resets() < 3 && rounds < 30); rounds++) await bothWays("mini2", far);
      console.log(`MINIRACK_TEST_SEED=${testSeed}: ${proxy.resets()} resets in ${rounds} rounds`);
      expect(proxy.resets()).toBeGreaterThanOrEqual(3);
      expect(
        await lab.on("mini2", "find /srv -mindepth 1; find /var/lib/minirack 2> /dev/null || true"),
      ).toBe("");
    });

    test("that leads to somebody with another host key is refused", async () => {
      const other = sshKey().publicKey;
      const error = await failureOf(bothWays("mini1", given().settings.over({ hostKey: other })));
      expect(error.message).toMatch(
        /^node mini1: files: host key: expected ssh-ed25519 \S+, got ssh-ed25519 \S+; if the node was installed anew, give its key as hostKey/,
      );
      expect(error.message).toContain(`expected ${other},`);
    });

    test("is no excuse for a wrong sudo password, which nobody is told", async () => {
      const wrong = "not-the-password-of-anybody";
      const error = await failureOf(bothWays("mini2", given().settings.over({ sudoPassword: wrong })));
      expect(error.message).toBe(
        "node mini2: files: sudo: expected the sudoPassword of user rack to be right, got a refusal; " +
          "correct sudoPassword in the cluster file or in the stack's configuration",
      );
    });
  });
}

/** Somebody who connects, hears sshd's version and never logs in. */
function stranger(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", (said: Buffer) =>
      String(said).startsWith("SSH-") ? resolve(socket) : reject(new Error(String(said))),
    );
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed")));
  });
}
