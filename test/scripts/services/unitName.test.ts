import { expect, test } from "vitest";
import { unitName } from "../../../scripts/services/unitName.ts";

test.each([
  ["redis-server", "redis-server.service"],
  ["backup.timer", "backup.timer"],
  ["getty@tty1", "getty@tty1.service"],
  ["org.example.thing", "org.example.thing.service"],
])("%s is the unit %s", (typed, unit) => {
  expect(unitName(typed)).toBe(unit);
});

test.each(["", "--all", "a b", "x;reboot", "*"])("%j is no unit's name", (typed) => {
  expect(() => unitName(typed)).toThrow(
    new Error(`expected a unit's name, as redis-server, got ${JSON.stringify(typed)}; correct it`),
  );
});
