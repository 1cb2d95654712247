import { expect, test } from "vitest";
import { type EndFacts, runEnd } from "../../../../runners/notebook/run/runEnd.ts";

const state = (ExitCode: number, OOMKilled = false) => ({ Running: false, OOMKilled, ExitCode });
const inCell2 = {
  status: "running",
  cellCount: 5,
  cells: [1, 2].map((index) => ({ index, seconds: 1, status: "done" })),
} as const;
const facts: EndFacts = {
  node: "mini2",
  state: state(0),
  outcome: { status: "finished" },
  isRebooted: false,
  isStopped: false,
  limits: { hasNetwork: false, memoryBytes: 2 ** 28 },
  lastLines: ["one", "two"],
};

test.each<[string, Partial<EndFacts>, ReturnType<typeof runEnd>]>([
  ["executor and engine both say so", {}, { status: "finished", exit: { code: 0, reason: "finished" } }],
  [
    "a cell failed",
    { state: state(1), outcome: { status: "failed", reason: "cell 2 of 5: ValueError: x" } },
    { status: "failed", exit: { code: 1, reason: "cell 2 of 5: ValueError: x" } },
  ],
  [
    "it was stopped",
    { state: state(143), outcome: { status: "stopped", reason: "stopped in cell 2 of 5" } },
    { status: "stopped", exit: { code: 143, reason: "stopped in cell 2 of 5" } },
  ],
  [
    "the kernel was ended for a lack of memory",
    { state: state(137, true), outcome: { ...inCell2, status: "outOfMemory" } },
    {
      status: "failed",
      exit: {
        code: 137,
        reason:
          "out of memory in cell 2 of 5: expected at most 256 MiB, and it asked for more; give more by --memory, or use less",
      },
    },
  ],
  [
    "executor and all were ended for a lack of memory",
    { state: state(137, true), outcome: inCell2, limits: { hasNetwork: false } },
    {
      status: "failed",
      exit: {
        code: 137,
        reason:
          "out of memory in cell 2 of 5: expected the node's memory, and it asked for more; use less, or choose a node with more",
      },
    },
  ],
  [
    "the node was started anew",
    { state: state(255), outcome: inCell2, isRebooted: true },
    {
      status: "failed",
      exit: { code: 255, reason: "node mini2 was started anew during the run in cell 2 of 5; run it again" },
    },
  ],
  [
    "the node was shut down in order, which stops it first",
    { state: state(143), outcome: { ...inCell2, status: "stopped" }, isRebooted: true },
    {
      status: "failed",
      exit: { code: 143, reason: "node mini2 was started anew during the run in cell 2 of 5; run it again" },
    },
  ],
  [
    "somebody killed the container",
    { state: state(137), outcome: inCell2 },
    {
      status: "failed",
      exit: {
        code: 137,
        reason: "killed on mini2 in cell 2 of 5: somebody ended its container; run it again",
      },
    },
  ],
  [
    "somebody removed the container",
    { state: undefined, outcome: inCell2 },
    {
      status: "failed",
      exit: {
        code: null,
        reason: "its container is gone from mini2 in cell 2 of 5: somebody removed it; run it again",
      },
    },
  ],
  [
    "it never began",
    { state: state(126), outcome: undefined },
    { status: "failed", exit: { code: 126, reason: "exit code 126: one\ntwo" } },
  ],
  [
    "the executor says finished and the engine does not",
    { state: state(1) },
    { status: "failed", exit: { code: 1, reason: "finished" } },
  ],
])("%s", (_, change, expected) => {
  expect(runEnd({ ...facts, ...change })).toEqual(expected);
});
