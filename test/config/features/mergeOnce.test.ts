import { expect, test } from "vitest";
import { mergeOnce } from "../../../config/features/mergeOnce.ts";

const notWrong = (_at: PropertyKey[], text: string) => {
  throw new Error(text);
};
const packages = { packages: { chrony: "installed" } };

test("what two keys want alike is wanted once", () => {
  const merged = mergeOnce(
    [
      { key: "packages", wants: packages },
      { key: "timeSync", wants: { ...packages, services: { "chrony.service": { isRunning: true } } } },
    ],
    notWrong,
  );
  expect(merged).toEqual({ ...packages, services: { "chrony.service": { isRunning: true } } });
});

test("what two keys want differently is a problem of the later one, told with the entry and both keys", () => {
  const wants = (isRunning: boolean) => ({ services: { "chrony.service": { isRunning } } });
  const told: unknown[] = [];
  mergeOnce(
    [
      { key: "services", wants: wants(false) },
      { key: "timeSync", wants: wants(true) },
    ],
    (at, text) => told.push([at, text]),
  );
  const text =
    "expected services chrony.service from one key alone, got it from services and timeSync, which differ; leave one of them out";
  expect(told).toEqual([[["timeSync"], text]]);
});
