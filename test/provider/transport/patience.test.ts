import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Shed, withPatience } from "../../../provider/transport/patience.ts";
import { failureOf } from "../../support/failureOf.ts";

/** How often a connection is tried, and for how long, when each attempt ends with this error. */
async function triedFor(error: Error) {
  let attempts = 0;
  const started = Date.now();
  const failed = failureOf(
    withPatience(async () => {
      attempts += 1;
      throw error;
    }),
  );
  await vi.runAllTimersAsync();
  await failed;
  return { attempts, seconds: (Date.now() - started) / 1000 };
}

describe("patience with a node's sshd, by a clock of the test's own", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("there is none where nobody listens, or where somebody listens and says nothing", async () => {
    const once = { attempts: 1, seconds: 0 };
    expect(await triedFor(new Error("connect ECONNREFUSED 127.0.0.1:22"))).toEqual(once);
    expect(await triedFor(new Error("Timed out while waiting for handshake"))).toEqual(once);
  });

  test("a connection that is closed without a word is tried four times", async () => {
    const { attempts, seconds } = await triedFor(new Shed("", "read ECONNRESET"));
    expect(attempts).toBe(4);
    expect(seconds).toBeLessThan(10);
  });

  test("one that says it has too many is waited for, longer than its usual penalty of 15 s", async () => {
    const { seconds } = await triedFor(new Shed("Exceeded MaxStartups", "read ECONNRESET"));
    expect(seconds).toBeGreaterThan(40);
    expect(seconds).toBeLessThan(50);
  });
});
