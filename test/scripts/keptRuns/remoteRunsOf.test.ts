import { expect, test } from "vitest";
import { preparingRuns } from "../../../runners/runs/preparingRuns.ts";
import { remoteRunsOf } from "../../../scripts/keptRuns/remoteRunsOf.ts";
import { sampleMetadata } from "../../runners/runs/sampleRun.ts";

const remote = { node: "mini2", id: "baseline-0123abcd" };
const runOf = (change: Parameters<typeof sampleMetadata>[0]) => ({
  name: "baseline",
  folder: "/results/baseline",
  metadata: sampleMetadata(change),
});

test("a run on a node is its runner's, one without a node hangs on its process", () => {
  const notebook = { ...preparingRuns };
  expect(remoteRunsOf(runOf({ remote }), { notebook })).toBe(notebook);
  expect(remoteRunsOf(runOf({}), { notebook })).toBe(preparingRuns);
});

test("a runner that leads nowhere is named, with where the run is", () => {
  expect(() => remoteRunsOf(runOf({ runner: "backtest", remote }), { notebook: preparingRuns })).toThrow(
    new Error(
      "run baseline: expected a runner that leads back to its runs (notebook), got backtest; " +
        "it is baseline-0123abcd on mini2: use the minirack that started it",
    ),
  );
});
