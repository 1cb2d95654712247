import { expect, test } from "vitest";
import { refuseKnownNode } from "../../../scripts/giveBack/refuseKnownNode.ts";
import { failureOf } from "../../support/failureOf.ts";
import { exportOf, scriptedPulumi } from "../../support/scriptedPulumi.ts";

const state = scriptedPulumi(() =>
  exportOf(
    { type: "minirack:node:Packages", inputs: { node: "mini1" } },
    { type: "other:index:Thing", inputs: { node: "mini2" } },
  ),
);

test("a node that the state has is refused, with the command that gives it back", async () => {
  expect((await failureOf(refuseKnownNode(state, "dev", "mini1"))).message).toBe(
    "node mini1: expected a lost state, got stack dev, which has the node; use npm run stack -- destroy --node mini1 --stack dev",
  );
});

test("one that only others have is let pass", async () => {
  await expect(refuseKnownNode(state, "dev", "mini2")).resolves.toBeUndefined();
});

test("so is every node where there is no such stack", async () => {
  const none = scriptedPulumi(() => ({ stderr: "error: no stack named 'dev' found", exitCode: 255 }));
  await expect(refuseKnownNode(none, "dev", "mini1")).resolves.toBeUndefined();
});

test("a state that cannot be read lets none pass", async () => {
  const locked = scriptedPulumi(() => ({ stderr: "error: incorrect passphrase", exitCode: 255 }));
  expect((await failureOf(refuseKnownNode(locked, "dev", "mini1"))).message).toBe(
    "stack dev: expected to read its state, got: error: incorrect passphrase",
  );
});
