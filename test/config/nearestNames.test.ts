import { expect, test } from "vitest";
import { nearestNames } from "../../config/nearestNames.ts";

const names = [
  "redis-server.service",
  "redis-server@.service",
  "ssh.service",
  "sshd.service",
  "cron.service",
  "ssh.service",
];

test.each([
  ["redis.service", ["redis-server.service", "redis-server@.service"]],
  ["sshh.service", ["ssh.service", "sshd.service"]],
  ["corn.service", ["cron.service"]],
  ["postgresql.service", []],
])("%s is taken for %j", (wanted, expected) => {
  expect(nearestNames(wanted, names)).toEqual(expected);
});
