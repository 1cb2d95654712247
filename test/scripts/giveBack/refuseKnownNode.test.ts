import { expect, test } from "vitest";
import { refuseKnownNode } from "../../../scripts/giveBack/refuseKnownNode.ts";

const resources = [
  { urn: "a", type: "minirack:node:Packages", inputs: { node: "mini1" } },
  { urn: "b", type: "other:index:Thing", inputs: { node: "mini2" } },
];

test("a node that the state has is refused, with the command that gives it back", () => {
  expect(() => refuseKnownNode(resources, "dev", "mini1")).toThrow(
    "node mini1: expected a lost state, got stack dev, which has the node; use npm run stack -- destroy --node mini1 --stack dev",
  );
});

test("one that only others have is let pass", () => {
  expect(() => refuseKnownNode(resources, "dev", "mini2")).not.toThrow();
});

test("so is every node where there is no such stack", () => {
  expect(() => refuseKnownNode([], "dev", "mini1")).not.toThrow();
});
