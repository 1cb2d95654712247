import { expect, test } from "vitest";
import { type FileRun, notGreen, type TestRun, withAgain } from "../../../scripts/testRuns/testRun.ts";

const ran = (file: string, failed: number): FileRun => ({ file, passed: 1, failed, skipped: 0, seconds: 1 });
const whole: TestRun = {
  ...{ at: "2026-11-28T10:00:00.000Z", seconds: 100 },
  files: [ran("test/a.test.ts", 0), ran("test/b.test.ts", 1)],
};

test("what failed in a run, or did not run in it, is not green", () => {
  const files = ["test/a.test.ts", "test/b.test.ts", "test/c.test.ts", "test/d.test.ts"];
  const cut = { ...ran("test/d.test.ts", 0), passed: 0 };
  const run = { ...whole, files: [...whole.files, cut] };
  expect(notGreen(run, files)).toEqual(["test/b.test.ts", "test/c.test.ts", "test/d.test.ts"]);
});

test("a file that ran again has its last run, and the result says that it did", () => {
  const again = withAgain(whole, {
    at: "2026-11-28T12:00:00.000Z",
    seconds: 9,
    files: [ran("test/b.test.ts", 0)],
  });
  expect(again.files).toEqual([ran("test/a.test.ts", 0), ran("test/b.test.ts", 0)]);
  expect(again.again).toEqual([{ at: "2026-11-28T12:00:00.000Z", seconds: 9, files: ["test/b.test.ts"] }]);
  expect(again.at).toBe(whole.at);
});
