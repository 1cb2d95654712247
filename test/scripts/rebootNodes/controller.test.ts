import { expect, test } from "vitest";
import { expectOther } from "../../../scripts/rebootNodes/controller.ts";

const controller = { kernelId: "k1", machineId: "m1" };
const boot = (kernelId: string, machineId: string, isContainer: boolean) => ({
  ...{ id: "1", kernelId, machineId, isContainer },
  ...{ state: "running", failedUnits: [], rebootReason: undefined },
});

test.each([
  ["another computer", boot("k2", "m2", false)],
  ["another computer with a copy of our disk", boot("k2", "m1", false)],
  ["a container on this controller", boot("k1", "m2", true)],
])("%s may be rebooted", (_title, other) => {
  expect(() => expectOther("mini1", other, controller)).not.toThrow();
});

test.each([
  ["the controller itself", boot("k1", "m1", false)],
  ["the container that we are in", boot("k1", "m1", true)],
  ["the computer that we are a container on", boot("k1", "m2", false)],
])("%s is refused", (_title, own) => {
  expect(() => expectOther("mini1", own, controller)).toThrow("expected another node than the controller");
});

test("where this controller has no Linux, no node is it", () => {
  expect(() => expectOther("mini1", boot("k1", "m1", false), undefined)).not.toThrow();
});
