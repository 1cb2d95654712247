import { expect, test } from "vitest";
import { CountedLines } from "../../../../runners/runs/onNode/countedLines.ts";

test("a log's lines are counted, so that the next connection goes on after them", () => {
  const lines: string[] = [];
  const counted = new CountedLines((line) => lines.push(line));
  counted.write("one\ntwo\nthr");
  expect(counted.since).toBe("2");
  expect(counted.again().since).toBe("2");
  expect(lines).toEqual(["one", "two"]);
});
