import { expect, test } from "vitest";
import { subnetOf } from "../../../config/rules/subnet.ts";

test.each([
  ["172.31.0.11/24", "172.31.0.0/24", false],
  ["172.31.5.11/20", "172.31.0.0/20", false],
  ["192.168.255.254/8", "192.0.0.0/8", false],
  ["10.0.0.0/24", "10.0.0.0/24", true],
  ["10.0.0.255/24", "10.0.0.0/24", true],
  ["10.0.1.0/23", "10.0.0.0/23", false],
  ["10.0.0.6/31", "10.0.0.6/31", false],
  ["10.0.0.7/32", "10.0.0.7/32", false],
  ["255.255.255.254/0", "0.0.0.0/0", false],
])("%s is in %s; the subnet's own: %s", (address, text, isReserved) => {
  expect(subnetOf(address)).toEqual({ text, isReserved });
});
