import { expect, test } from "vitest";
import { fetchRuns, stopRun } from "../../../scripts/keptRuns/endRuns.ts";
import { finishedMetadata, sampleMetadata } from "../../runners/runs/sampleRun.ts";
import { failureOf } from "../../support/failureOf.ts";
import { scriptedRuns } from "./scriptedRuns.ts";

const stopped = finishedMetadata({ status: "stopped", exit: { code: 143, reason: "stopped after cell 3" } });

test("a run is stopped and what it left is fetched", async () => {
  const { kept, asked, lines } = await scriptedRuns([sampleMetadata()], { fetch: async () => stopped });
  await stopRun(kept, "baseline");
  expect(asked).toEqual(["stop baseline", "fetch baseline"]);
  expect(lines).toEqual(["run baseline: stopped after cell 3; results/baseline"]);
});

test("a run that has ended cannot be stopped", async () => {
  const { kept, asked } = await scriptedRuns([finishedMetadata()]);
  expect((await failureOf(stopRun(kept, "baseline"))).message).toBe(
    "run baseline: expected a run that goes on, got one that finished at 2026-11-24 10:12 UTC; there is nothing to stop",
  );
  expect(asked).toEqual([]);
});

test("fetch asks for all that are out, and one that cannot be asked does not keep the others", async () => {
  const day = (number: number) => ({ startedAt: `2026-11-0${number}T10:12:30.000Z` });
  const { kept, asked, lines } = await scriptedRuns(
    [
      sampleMetadata({ run: "far", ...day(4) }),
      sampleMetadata({ run: "out", ...day(3) }),
      sampleMetadata({ run: "busy", ...day(2) }),
      finishedMetadata({ run: "here", ...day(1) }),
    ],
    {
      fetch: async ({ name, metadata }) => {
        if (name === "far") throw new Error("node mini2: connect: no");
        return name === "busy" ? metadata : finishedMetadata({ run: name });
      },
    },
  );
  expect(await fetchRuns(kept)).toBe(false);
  expect(asked).toEqual(["fetch far", "fetch out", "fetch busy"]);
  expect(lines).toEqual([
    "warning: node mini2: connect: no",
    "run out: finished; results/out",
    "run busy: goes on; scripts/runs logs busy -f shows what it says",
  ]);
});

test("fetch of a run that is here already says so, and asks nobody", async () => {
  const { kept, asked, lines } = await scriptedRuns([finishedMetadata()]);
  expect(await fetchRuns(kept, "baseline")).toBe(true);
  expect(await fetchRuns(kept)).toBe(true);
  expect(asked).toEqual([]);
  expect(lines).toEqual([
    "run baseline: finished; results/baseline",
    "nothing to fetch: no run goes on or has ended without us",
  ]);
});
