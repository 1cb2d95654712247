import { describe, expect, test } from "vitest";
import { bytesNeeded, pieceBytes, piecesToSend } from "../../../provider/folders/pieces.ts";

const file = (path: string, sha256: string, sizeBytes: number) => ({ path, sha256, sizeBytes, mode: "0644" });
const files = [file("big", "aa", 2 * pieceBytes + 1), file("small", "bb", 5), file("copy", "bb", 5)];
const needs = (arrived: Record<string, number>, ...lacking: string[]) => ({
  lacking: new Set(lacking),
  arrived: new Map(Object.entries(arrived)),
  freeBytes: 0,
});

describe("what is sent", () => {
  test("is every content that is lacking, once, large files in pieces", () => {
    expect(piecesToSend(files, needs({}, "aa", "bb"))).toEqual([
      { name: "aa.0", path: "big", startByte: 0, sizeBytes: pieceBytes },
      { name: "aa.1", path: "big", startByte: pieceBytes, sizeBytes: pieceBytes },
      { name: "aa.2", path: "big", startByte: 2 * pieceBytes, sizeBytes: 1 },
      { name: "bb.0", path: "copy", startByte: 0, sizeBytes: 5 },
    ]);
  });

  test("leaves out the pieces that have arrived whole", () => {
    const arrived = { "aa.0": pieceBytes, "aa.1": pieceBytes - 1 };
    expect(piecesToSend(files, needs(arrived, "aa")).map(({ name }) => name)).toEqual(["aa.1", "aa.2"]);
  });

  test("has an empty file as a piece of its own", () => {
    expect(piecesToSend([file("empty", "ee", 0)], needs({}, "ee"))).toHaveLength(1);
  });
});

test("the disk must have room for every copy, less what has arrived", () => {
  expect(bytesNeeded(files, needs({ "bb.0": 5 }, "bb"))).toBe(5);
  expect(bytesNeeded(files, needs({}, "aa", "bb"))).toBe(2 * pieceBytes + 11);
  expect(bytesNeeded(files, needs({}))).toBe(0);
});
