import { expect, test } from "vitest";
import { mergeOnce } from "../../../config/features/mergeOnce.ts";

const packages = { packages: { chrony: "installed" } };

test("what two keys want alike is wanted once", () => {
  const merged = mergeOnce(
    [
      { key: "packages", wants: packages },
      { key: "timeSync", wants: { ...packages, services: { "chrony.service": { isRunning: true } } } },
    ],
    "mini1",
  );
  expect(merged).toEqual({ ...packages, services: { "chrony.service": { isRunning: true } } });
});

test("what two keys want differently is refused with the level, the entry and both keys", () => {
  const wants = (isRunning: boolean) => ({ services: { "chrony.service": { isRunning } } });
  const merge = () =>
    mergeOnce(
      [
        { key: "services", wants: wants(false) },
        { key: "timeSync", wants: wants(true) },
      ],
      "above nodes",
    );
  expect(merge).toThrow(
    new Error(
      "above nodes: expected services chrony.service from one key alone, got it from services and timeSync, which differ; leave one of them out",
    ),
  );
});
