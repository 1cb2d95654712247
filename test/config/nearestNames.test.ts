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
  ["Redis_Server.service", ["redis-server.service", "redis-server@.service"]],
  ["", []],
])("%s is taken for %j", (wanted, expected) => {
  expect(nearestNames(wanted, names)).toEqual(expected);
});

test("letters that changed places are one slip", () => {
  expect(nearestNames("hots", ["hostname", "nodes", "host", "hosts", "os"], 2)).toEqual(["host", "hosts"]);
});
