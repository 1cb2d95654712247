import { expect, test } from "vitest";
import { lineSplitter } from "../../../provider/transport/lineSplitter.ts";

function linesOf(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const take = lineSplitter((line) => lines.push(line));
  for (const chunk of chunks) take(Buffer.from(chunk));
  return lines;
}

test("lines come whole, whatever the packets", () => {
  expect(linesOf("epo", "ch 1\nepoch 2", "\nno end")).toEqual(["epoch 1", "epoch 2"]);
});

test("a letter that two packets share is one letter", () => {
  const bytes = Buffer.from("Grüße\n");
  expect(linesOf(bytes.subarray(0, 3), bytes.subarray(3))).toEqual(["Grüße"]);
});

test("a line ends as a program at a terminal ends it, too", () => {
  expect(linesOf("1.17.0\r", "\n1%\r2%\r\n\r\n")).toEqual(["1.17.0", "1%\r2%", ""]);
});

test("what a terminal would obey does not reach it", () => {
  expect(linesOf("\u001b[2Jall is fine\n")).toEqual(["all is fine"]);
});

test("a line without an end comes in pieces", () => {
  const chunks = Array.from({ length: 5 }, () => "x".repeat(30_000));
  expect(linesOf(...chunks).map(({ length }) => length)).toEqual([90_000]);
});
