import { expect, test } from "vitest";
import { listRuns } from "../../../runners/runs/listRuns.ts";
import { runState, stateJson } from "../../../scripts/keptRuns/runState.ts";
import { runDetails, runTable } from "../../../scripts/keptRuns/runTable.ts";
import { finishedMetadata, sampleMetadata } from "../../runners/runs/sampleRun.ts";
import { scriptedRuns } from "./scriptedRuns.ts";

const day = (number: number) => ({ startedAt: `2026-11-0${number}T10:12:30.000Z` });
const failed = {
  status: "failed",
  exit: { code: 1, reason: "cell 3 of 10: no data" },
  seconds: 7.25,
} as const;

test("every run is a row; only those that go on are asked for, and one whose node is down is still a row", async () => {
  const { kept, results, asked } = await scriptedRuns(
    [
      sampleMetadata({ run: "goes-on", ...day(5) }),
      sampleMetadata({ run: "is-out", ...day(4) }),
      sampleMetadata({ run: "is-far", ...day(3) }),
      finishedMetadata({ run: "done", ...day(2), nodes: [{ name: "mini1" }, { name: "mini2" }] }),
      finishedMetadata({ run: "broken", ...day(1), ...failed }),
    ],
    {
      status: async ({ name }) => {
        if (name === "is-far") throw new Error("node mini2: connect: expected sshd, got nothing; start it");
        return { isRunning: name === "goes-on", line: "running, cell 3 of 10, 12 s" };
      },
    },
  );
  const states = await Promise.all((await listRuns(results)).map((run) => runState(run, kept)));
  expect(runTable(states).split("\n")).toEqual([
    "RUN      RUNNER    STATUS                                  NODE          STARTED               SECONDS",
    "goes-on  notebook  running, cell 3 of 10, 12 s             mini2         2026-11-05 10:12 UTC  -",
    "is-out   notebook  ended, not fetched: scripts/runs fetch  mini2         2026-11-04 10:12 UTC  -",
    "is-far   notebook  running when last heard of              mini2         2026-11-03 10:12 UTC  -",
    "done     notebook  finished                                mini1, mini2  2026-11-02 10:12 UTC  12.5",
    "broken   notebook  failed                                  mini2         2026-11-01 10:12 UTC  7.3",
  ]);
  expect(asked).toEqual(["status goes-on", "status is-out", "status is-far"]);
  expect(states.map(({ error }) => error)).toContain(
    "node mini2: connect: expected sshd, got nothing; start it",
  );
});

test("a run's details leave out what there is none of, and say why it failed", async () => {
  const lastLines = ["reading prices", "KeyError: 'close'"];
  const { kept, results } = await scriptedRuns([
    finishedMetadata({ ...failed, lastLines, parameters: { epochs: 3, name: "a b" } }),
  ]);
  const [run] = await listRuns(results);
  if (run === undefined) throw new Error("expected a run");
  const state = await runState(run, kept);
  expect(runDetails(state).split("\n")).toEqual([
    "run         baseline, by notebook",
    "status      failed",
    "reason      cell 3 of 10: no data",
    "nodes       mini2",
    "started     2026-11-24 10:12 UTC",
    "seconds     7.3",
    'parameters  epochs=3 name="a b"',
    `commit      ${"c".repeat(40)}, with changes`,
    `key         ${"a".repeat(64)}`,
    `folder      ${run.folder}`,
    "",
    "It printed last:",
    ...lastLines,
  ]);
  expect(stateJson(state)).toEqual({ ...run.metadata, folder: run.folder });
});
