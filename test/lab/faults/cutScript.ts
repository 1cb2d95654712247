import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import { nodeNames, type TestLab } from "../../support/testLab.ts";
import { offEveryNode, onEveryNode } from "./onEveryNode.ts";
import { until } from "./until.ts";

/** What happens on a node to a script whose sender is gone; mini3 has a sudo that gives it a terminal of its own. */
export function cutScript(given: () => { lab: TestLab; settings: LabSettings }): void {
  describe.sequential("a script whose sender is gone", () => {
    afterEach(() => closePool());

    test.each(nodeNames)("ends between two steps, as %s's sudo has it", async (node) => {
      const { lab, settings } = given();
      await lab.on(node, "rm -f /tmp/first /tmp/second");
      const failed = failureOf(settings.type(node, ["touch /tmp/first", "sleep 2", "touch /tmp/second"]));
      await until(lab, node, "[ -e /tmp/first ]");
      await closePool();
      expect((await failed).message).toContain("expected to go on to the end, got a cancel");
      await until(lab, node, "! pgrep -u rack . > /dev/null && ! pgrep -f '[s]h -s$' > /dev/null");
      await lab.on(node, "[ ! -e /tmp/second ]");
    });

    test.each(nodeNames)("ends in a step that takes long, as %s's sudo has it", async (node) => {
      const { lab, settings } = given();
      const failed = failureOf(settings.type(node, ["sleep 300"]));
      await until(lab, node, "pgrep -f '^sleep 300' > /dev/null");
      await closePool();
      await failed;
      await until(lab, node, "! pgrep -f '^sleep 300' > /dev/null && ! pgrep -u rack . > /dev/null");
    });

    test("because its sshd was killed is sent again", async () => {
      const { lab, settings } = given();
      await lab.on(
        "mini1",
        "mkdir -p -m 0700 /run/minirack; flock /run/minirack/files.lock sleep 3 > /dev/null 2>&1 &",
      );
      const done = onEveryNode(settings);
      await until(lab, "mini1", "pgrep -f '[f]lock -o -w' > /dev/null");
      await lab.on("mini1", "pkill -KILL -u rack -x sshd || pkill -KILL -f 'sshd: [r]ack'");
      expect(await done).toEqual({ mini1: "done", mini2: "done", mini3: "done" });
      await offEveryNode(settings);
    });
  });
}
