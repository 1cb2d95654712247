import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished } from "vitest";
import type { TestLab } from "../../support/testLab.ts";

/** A lock of ours on a node, held by somebody else until released. */
export interface HeldLock {
  /** Resolves when this many of our scripts wait for it. */
  waiters(count: number): Promise<void>;
  release(): Promise<void>;
}

/** Takes a lock on a node, to the end of the test at the latest; stdin of the holder is its life. */
export async function heldLock(lab: TestLab, node: string, lock: string): Promise<HeldLock> {
  const file = `/run/minirack/${lock}.lock`;
  const inContainer = ["exec", "-i", `minirack-${lab.stack}-${node}`];
  const command = ["sh", "-c", `mkdir -p -m 0700 /run/minirack; exec flock ${file} sh -c "echo held; cat"`];
  const holder = spawn("docker", [...inContainer, ...command], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  const waiting = `for one in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $one || true; echo; done 2>/dev/null | grep -c '^flock -o .* ${file} ' || true`;
  const end = once(holder, "exit");
  const release = async () => {
    holder.stdin.end();
    await end;
  };
  onTestFinished(release);
  return {
    waiters: (count) =>
      expect
        .poll(async () => Number(await lab.on(node, waiting)), {
          timeout: 60_000,
          interval: 200,
        })
        .toBe(count),
    release,
  };
}
