import { expect, test } from "vitest";
import { type RunsActions, runsCommand } from "../../../scripts/keptRuns/runsCommand.ts";
import { failureOf } from "../../support/failureOf.ts";

async function typed(...words: string[]): Promise<unknown[]> {
  const calls: unknown[] = [];
  const note =
    (name: string) =>
    async (...given: unknown[]) =>
      void calls.push([name, ...given]);
  const actions: RunsActions = {
    list: note("list"),
    status: note("status"),
    logs: note("logs"),
    stop: note("stop"),
    fetch: note("fetch"),
  };
  const command = runsCommand(actions);
  for (const one of [command, ...command.commands])
    one.exitOverride().configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: "user" });
  return calls;
}

test("scripts/runs takes what runs.md types", async () => {
  expect(await typed()).toEqual([["list", {}]]);
  expect(await typed("--json")).toEqual([["list", { json: true }]]);
  expect(await typed("status", "baseline")).toEqual([["status", "baseline", {}]]);
  expect(await typed("status", "baseline", "--json")).toEqual([["status", "baseline", { json: true }]]);
  expect(await typed("logs", "baseline", "-f")).toEqual([["logs", "baseline", { follow: true }]]);
  expect(await typed("stop", "baseline")).toEqual([["stop", "baseline"]]);
  expect(await typed("fetch")).toEqual([["fetch", undefined]]);
  expect(await typed("fetch", "baseline")).toEqual([["fetch", "baseline"]]);
});

test("what is no command, and a run that is left out, are refused", async () => {
  expect((await failureOf(typed("stop"))).message).toContain("missing required argument 'run'");
  expect((await failureOf(typed("baseline"))).message).toBe(
    "scripts/runs: expected status, logs, stop or fetch, got baseline; of a run, type scripts/runs status baseline",
  );
});
