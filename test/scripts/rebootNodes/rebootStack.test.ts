import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { type RebootOptions, rebootStack } from "../../../scripts/rebootNodes/rebootStack.ts";
import { leftLine, rebootTable } from "../../../scripts/rebootNodes/rebootTable.ts";
import { type Rebootable, rebootableNode, stackOf } from "./rebootableNode.ts";

afterEach(() => closePool());

async function rebooted(nodes: Rebootable[], given: Partial<RebootOptions> = {}) {
  const made = await Promise.all(nodes.map(rebootableNode));
  const stack = stackOf(made.map(({ node }) => node));
  const said: string[] = [];
  const outcomes = await rebootStack(stack, stack.nodes, {
    isRolling: true,
    isOnlyIfRequired: false,
    timeoutSeconds: 0,
    controller: undefined,
    say: (line) => said.push(line),
    ...given,
  });
  const isRebooted = made.map((one) => one.isRebooted());
  return { outcomes, said, isRebooted, errors: outcomes.map(({ error }) => error) };
}

describe("a rolling reboot", () => {
  test("takes one node after another, each until it is back", async () => {
    const { outcomes, said } = await rebooted([{ name: "mini1" }, { name: "mini2", state: "degraded" }]);
    expect(said.map((line) => line.replace(/\d+ s$/, "N s"))).toEqual(
      ["mini1", "mini2"].flatMap((name) => [`${name}: goes down`, `${name}: is back after N s`]),
    );
    expect(rebootTable(outcomes).split("\n")).toEqual([
      "NODE   REBOOT  TOOK  SYSTEM    FAILED UNITS",
      "mini1  done    0 s   running   -",
      "mini2  done    0 s   degraded  -",
    ]);
    expect(leftLine(outcomes)).toBeUndefined();
  });

  test("stops at a node that does not come back, and names what is left", async () => {
    const { outcomes, errors, isRebooted } = await rebooted([
      { name: "mini1", does: "stay" },
      { name: "mini2" },
      { name: "mini3" },
    ]);
    expect(errors[0]).toBe(
      "node mini1: reboot: expected it to be back in time, got the same boot as before; look at its screen and its power; give it longer by --timeout",
    );
    expect(isRebooted).toEqual([true, false, false]);
    expect(leftLine(outcomes)).toBe("not rebooted: mini2, mini3");
  });

  test("stops at a node that is stuck on its way up", async () => {
    const { errors, isRebooted } = await rebooted([{ name: "mini1", state: "starting" }, { name: "mini2" }]);
    expect(errors[0]).toContain("expected it to be back in time, got a system that is starting;");
    expect(isRebooted).toEqual([true, false]);
  });

  test("stops at a unit that ran before and does not run again", async () => {
    const { errors, isRebooted } = await rebooted([{ name: "mini1", isUnitBack: false }, { name: "mini2" }]);
    expect(errors[0]).toBe(
      "node mini1: reboot: expected what ran before to run again, got redis-server.service: failed (failed); scripts/logs mini1 redis-server.service says why; start it, then go on",
    );
    expect(isRebooted).toEqual([true, false]);
  });

  test("tells a refusal in the node's words", async () => {
    const { errors } = await rebooted([{ name: "mini1", does: "refuse" }]);
    expect(errors[0]).toContain(
      "expected systemctl reboot to succeed, got exit code 1: Operation inhibited by backup;",
    );
  });

  test("does not begin while a node does not answer", async () => {
    const [up, down] = [await rebootableNode({ name: "mini1" }), await rebootableNode({ name: "mini2" })];
    const stack = stackOf([up.node, down.node]);
    await down.node.stop();
    const options = {
      isRolling: true,
      isOnlyIfRequired: false,
      timeoutSeconds: 0,
      controller: undefined,
      say: () => {},
    };
    const outcomes = await rebootStack(stack, stack.nodes, options);
    expect(outcomes[1]?.error).toMatch(/^node mini2: connect: expected sshd at /);
    expect([up.isRebooted(), leftLine(outcomes)]).toEqual([false, "not rebooted: mini1"]);
  });

  test("leaves out nodes that wait for none, if told to", async () => {
    const nodes = [{ name: "mini1" }, { name: "mini2", rebootReason: "an update of libc6 waits for it" }];
    const { outcomes, isRebooted } = await rebooted(nodes, { isOnlyIfRequired: true });
    expect(isRebooted).toEqual([false, true]);
    expect(outcomes[0]).toEqual({ node: "mini1", action: "not required" });
  });
});

describe("a reboot of nodes at once", () => {
  test("goes on with the others when one does not come back", async () => {
    const nodes: Rebootable[] = [{ name: "mini1", does: "stay" }, { name: "mini2" }];
    const { isRebooted, errors } = await rebooted(nodes, { isRolling: false });
    expect(isRebooted).toEqual([true, true]);
    expect(errors.map((error) => error === undefined)).toEqual([false, true]);
  });

  test("refuses the controller", async () => {
    const controller = { kernelId: "mini1-boot1", machineId: "mini1" };
    const { isRebooted, errors } = await rebooted([{ name: "mini1" }, { name: "mini2" }], {
      isRolling: false,
      controller,
    });
    expect(isRebooted).toEqual([false, true]);
    expect(errors[0]).toBe(
      "node mini1: reboot: expected another node than the controller, got the one on which this command runs; reboot it by hand, or from another controller; for the others name them: --node",
    );
  });
});
