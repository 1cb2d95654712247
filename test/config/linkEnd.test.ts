import { expect, test } from "vitest";
import { linkEnd } from "../../config/linkEnd.ts";

test("a node's end of the links is its first link address, without the prefix", () => {
  const settings = { linkAddress: { eth1: "172.31.0.11/24", eth2: "172.31.1.11/24" } };
  expect(linkEnd({ name: "mini1", settings })).toEqual({
    node: "mini1",
    interface: "eth1",
    address: "172.31.0.11",
  });
  expect(linkEnd({ name: "mini2", settings: {} })).toBeUndefined();
});
