import { expect, test } from "vitest";
import { TimedLines } from "../../../../runners/notebook/run/timedLines.ts";

const at = (second: number) => `2026-11-25T08:00:0${second}.000000001Z`;

test("a container's lines lose their time, in whatever pieces they come", () => {
  const lines: string[] = [];
  const timed = new TimedLines((line) => lines.push(line));
  timed.write(`${at(1)} one\n${at(2)} tw`);
  timed.write(`o words\r\n${at(3)} \n`);
  expect(lines).toEqual(["one", "two words", ""]);
  expect(timed.since).toBe(at(3));
});

test.each([1, 7, 4096, 100_000])(
  "a long line, which Docker keeps in parts, has no time within, in pieces of %i",
  (size) => {
    const lines: string[] = [];
    const timed = new TimedLines((line) => lines.push(line));
    const [full, own] = ["x".repeat(16_384), `${at(9)} own`];
    const all = Buffer.from(
      `${at(1)} ${own} ${full}${at(2)} ${full}${at(3)} 2026\n${at(4)} ${"é".repeat(8192)}${at(5)} \n${at(6)} ${own}\n`,
    );
    for (let start = 0; start < all.length; start += size) timed.write(all.subarray(start, start + size));
    expect(lines).toEqual([`${own} ${full}${full}2026`, "é".repeat(8192), own]);
    expect(timed.since).toBe(at(6));
  },
);

test("after a lost connection no line comes twice", () => {
  const lines: string[] = [];
  const first = new TimedLines((line) => lines.push(line));
  first.write(`${at(1)} one\n${at(2)} two\n${at(3)} cut of`);
  const next = first.again();
  expect(next.since).toBe(at(2));
  next.write(`${at(2)} two\n${at(3)} cut off\n`);
  expect(lines).toEqual(["one", "two", "cut off"]);
});
