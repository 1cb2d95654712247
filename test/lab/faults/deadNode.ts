import { execa } from "execa";
import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { labContainer } from "../../../scripts/lab/labContainers.ts";
import { nodeWait } from "../../../scripts/lab/labWait.ts";
import { failureOf } from "../../support/failureOf.ts";
import type { LabSettings } from "../../support/labSettings.ts";
import type { TestLab } from "../../support/testLab.ts";
import { notes, offEveryNode, onEveryNode } from "./onEveryNode.ts";
import { until } from "./until.ts";

/** Nodes that do not answer: the others are done, and the error says whose fault it is. */
export function deadNode(given: () => { lab: TestLab; settings: LabSettings }): void {
  const docker = (command: string, node: string) =>
    execa("docker", [command, `minirack-${given().lab.stack}-${node}`]);
  const text = (node: string, found: string) =>
    `node ${node}: files: connect: expected sshd at 127.0.0.1:${given().lab.portOf(node)}, got ${found}; ` +
    `start the node or correct its host and port; to go on without it: --exclude '**::${node}-*'`;
  const converges = async () => {
    const { settings } = given();
    expect(await onEveryNode(settings)).toEqual({ mini1: "done", mini2: "done", mini3: "done" });
    await offEveryNode(settings);
    for (const node of ["mini1", "mini2", "mini3"])
      expect(await given().lab.on(node, "ls -A /srv; ls -d /var/lib/minirack || true")).toBe("");
  };

  describe.sequential("a node that is dead", () => {
    afterEach(() => closePool());

    test("because it is off fails alone, at once", async () => {
      const { lab, settings } = given();
      await docker("stop", "mini2");
      const outcome = await onEveryNode(settings);
      await docker("start", "mini2");
      await nodeWait(await labContainer(lab.stack, "mini2"));
      const port = lab.portOf("mini2");
      expect(outcome).toEqual({
        mini1: "done",
        mini2: text("mini2", `connect ECONNREFUSED 127.0.0.1:${port}`),
        mini3: "done",
      });
      await converges();
    });

    test("because its sshd is off fails alone, within seconds", { tags: "matrix" }, async () => {
      const { lab, settings } = given();
      await lab.on("mini2", "systemctl stop ssh");
      const outcome = await onEveryNode(settings);
      await lab.on("mini2", "systemctl start ssh");
      // Docker's forwarder takes the connection and then finds nobody.
      expect(outcome.mini2).toMatch(
        / got (Connection lost before handshake|read ECONNRESET); start the node/,
      );
      expect([outcome.mini1, outcome.mini3]).toEqual(["done", "done"]);
      await converges();
    });

    test("because it is silent, from the start or in the middle, fails alone", {
      tags: "matrix",
    }, async () => {
      const { lab, settings } = given();
      await docker("pause", "mini2");
      await lab.on(
        "mini3",
        "mkdir -p -m 0700 /run/minirack; flock /run/minirack/files.lock sleep 300 > /dev/null 2>&1 &",
      );
      const midway = failureOf(settings.create("mini3", "files", notes()));
      const fromTheStart = failureOf(settings.create("mini2", "files", notes()));
      await until(lab, "mini3", "pgrep -f '[f]lock -o -w' > /dev/null");
      await docker("pause", "mini3");
      const errors = await Promise.all([fromTheStart, midway, settings.create("mini1", "files", notes())]);
      await Promise.all([docker("unpause", "mini2"), docker("unpause", "mini3")]);
      await lab.on("mini3", "pkill -f 'sleep 300'; true");
      expect([errors[0].message, errors[1].message]).toEqual([
        text("mini2", "Timed out while waiting for handshake"),
        text("mini3", "Timed out while waiting for handshake"),
      ]);
      await converges();
    });
  });
}
