import { afterEach, describe, expect, test } from "vitest";
import { closePool } from "../../../provider/transport/pool.ts";
import { expectKnown, parseStatuses, unitStatuses } from "../../../scripts/services/unitStatus.ts";
import { failureOf } from "../../support/failureOf.ts";
import { scriptedNode } from "../../support/scriptedNode.ts";

afterEach(() => closePool());

const answer = `1000.50 1900.00
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
ActiveEnterTimestampMonotonic=400500000
MemoryCurrent=5242880

LoadState=loaded
ActiveState=inactive
SubState=dead
UnitFileState=disabled
ActiveEnterTimestampMonotonic=0
MemoryCurrent=[not set]

LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=
ActiveEnterTimestampMonotonic=0
MemoryCurrent=18446744073709551615
@@names
redis-server.service
cron.service
`;
const units = ["redis-server.service", "backup.service", "redis.service"];

describe("units", () => {
  test("are told in the order in which they were asked for", () => {
    const unknown = {
      activeSeconds: undefined,
      memoryMb: undefined,
      isRunning: false,
      active: "inactive (dead)",
    };
    expect(parseStatuses(answer, units)).toEqual([
      {
        ...{ unit: "redis-server.service", isKnown: true, active: "active (running)", isRunning: true },
        ...{ enabled: "enabled", activeSeconds: 600, memoryMb: 5, nearest: [] },
      },
      { unit: "backup.service", isKnown: true, enabled: "disabled", nearest: [], ...unknown },
      { unit: "redis.service", isKnown: false, enabled: "", nearest: ["redis-server.service"], ...unknown },
    ]);
  });

  test("that are not there are refused by the nearest names", () => {
    const [known, , missing] = parseStatuses(answer, units);
    if (known === undefined || missing === undefined) throw new TypeError("expected three units");
    expect(() => expectKnown("mini1", known)).not.toThrow();
    expect(() => expectKnown("mini1", missing)).toThrow(
      "node mini1: systemctl: expected a unit that is there, got redis.service; the nearest names are redis-server.service",
    );
    expect(() => expectKnown("mini1", { ...missing, nearest: [] })).toThrow("no name there is like it");
  });

  test("of a node without systemd are an error in its own words", async () => {
    const node = await scriptedNode({
      react: () => ({ code: 127, stdout: "", stderr: "sh: systemctl: not found\n" }),
    });
    expect((await failureOf(unitStatuses(node.target(), units))).message).toBe(
      "node mini1: systemctl: expected an answer, got exit code 127: sh: systemctl: not found; see that systemd runs the node",
    );
  });
});
