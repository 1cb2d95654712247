import type { Command } from "commander";
import { expect, test } from "vitest";
import { controlCommand } from "../../../scripts/services/controlCommand.ts";
import { logsCommand } from "../../../scripts/services/logsCommand.ts";
import { statusCommand } from "../../../scripts/services/statusCommand.ts";
import { failureOf } from "../../support/failureOf.ts";

type Make = (action: (typed: object) => Promise<void>) => Command;

async function typed(make: Make, ...words: string[]): Promise<object[]> {
  const parsed: object[] = [];
  const command = make(async (given) => void parsed.push(given));
  command.exitOverride().configureOutput({ writeErr: () => {} });
  await command.parseAsync(words, { from: "user" });
  return parsed;
}

test("status takes nodes and units", async () => {
  expect(await typed(statusCommand)).toEqual([{ nodes: [], service: [], stack: "dev" }]);
  expect(await typed(statusCommand, "mini1", "mini2", "--service", "a", "--service", "b", "--json")).toEqual([
    { nodes: ["mini1", "mini2"], service: ["a", "b"], stack: "dev", json: true },
  ]);
});

test("logs takes a node, a unit and how many lines", async () => {
  expect(await typed(logsCommand, "mini1", "redis")).toEqual([
    { node: "mini1", service: "redis", stack: "dev", lines: 100 },
  ]);
  expect(await typed(logsCommand, "mini1", "redis", "-f", "--lines", "5", "--stack", "shelf")).toEqual([
    { node: "mini1", service: "redis", stack: "shelf", lines: 5, follow: true },
  ]);
  expect((await failureOf(typed(logsCommand, "mini1", "redis", "--lines", "all"))).message).toContain(
    "expected a whole number from 0 to 9999999, got all",
  );
});

test("start, stop and restart want a node and a unit", async () => {
  const stop: Make = (action) => controlCommand("stop", action);
  expect(await typed(stop, "all", "redis")).toEqual([{ node: "all", service: "redis", stack: "dev" }]);
  expect((await failureOf(typed(stop, "redis"))).message).toContain("missing required argument 'service'");
});
