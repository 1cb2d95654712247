import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepMetadata } from "../../../runners/runs/runFolder.ts";
import { showRunLog } from "../../../scripts/keptRuns/showRunLog.ts";
import { finishedMetadata, sampleMetadata } from "../../runners/runs/sampleRun.ts";
import { failureOf } from "../../support/failureOf.ts";
import { scriptedRuns } from "./scriptedRuns.ts";

const onNode = sampleMetadata({ remote: { node: "mini2", id: "baseline-0123abcd" } });

test("a run that is still being prepared is followed once it is on its node", async () => {
  const { kept, results, asked } = await scriptedRuns([sampleMetadata()], {
    status: async () => {
      await keepMetadata(join(results, "baseline"), onNode);
      return { isRunning: true, line: "prepared by process 1 on ada" };
    },
  });
  await showRunLog(kept, "baseline", { follow: true, print: kept.print });
  expect(asked).toEqual(["status baseline", "logs baseline"]);
});

test("a run that goes on is asked for its log", async () => {
  const { kept, asked, lines } = await scriptedRuns([onNode], {
    logs: async (_run, { follow, print }) => print(`followed: ${follow}`),
  });
  await showRunLog(kept, "baseline", { follow: true, print: kept.print });
  expect(asked).toEqual(["logs baseline"]);
  expect(lines).toEqual(["followed: true"]);
});

test("the log of a run that has ended is in its folder, or its last lines are in its metadata", async () => {
  const { kept, results, asked, lines } = await scriptedRuns([
    finishedMetadata({ run: "logged" }),
    finishedMetadata({ run: "last", lastLines: ["one", "two"] }),
    finishedMetadata({ run: "silent" }),
  ]);
  await writeFile(join(results, "logged/execution.log"), "a\n\nb");
  const show = (name: string) => showRunLog(kept, name, { follow: true, print: kept.print });
  await show("logged");
  await show("last");
  expect(lines).toEqual(["a", "", "b", "one", "two"]);
  expect((await failureOf(show("silent"))).message).toBe(
    "run silent: expected execution.log in its folder, got none; what it left is in results/silent",
  );
  expect(asked).toEqual([]);
});
