import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { isLockedByTheDead } from "../../../scripts/lab/destroyStack.ts";

const message = (pid: number) =>
  `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n  file:///b/.pulumi/locks/x.json: created by root@here (pid ${pid}) at 2026-11-23T20:00:00Z`;

describe("a stack's lock", () => {
  test("of a process that was killed is no obstacle", () => {
    const { pid } = spawnSync("true");
    expect(isLockedByTheDead(message(pid))).toBe(true);
  });

  test("of a living process is", () => {
    expect(isLockedByTheDead(message(process.pid))).toBe(false);
  });

  test("is not what another error is about", () => {
    expect(isLockedByTheDead("error: no such thing (pid 1)")).toBe(false);
  });
});
