import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { type BenchArguments, benchCommand } from "../../bench/benchCommand.ts";

async function parsed(...words: string[]): Promise<BenchArguments> {
  let typed: BenchArguments | undefined;
  const command = benchCommand(async (given) => {
    typed = given;
  });
  let said = "";
  command.exitOverride().configureOutput({
    writeErr: (text) => {
      said += text;
    },
  });
  await command.parseAsync(words, { from: "user" }).catch((error: unknown) => {
    throw error instanceof CommanderError ? new Error(said.trim()) : error;
  });
  if (typed === undefined) throw new Error("expected the command to run");
  return typed;
}

test("without options: eight nodes, no latency, every tool and case, three runs, a lab of its own", async () => {
  expect(await parsed()).toEqual({
    nodes: [8],
    latencyMs: [0],
    tools: ["minirack", "pyinfra", "ansible", "rawSsh", "pulumiCommand"],
    cases: ["firstApply", "nothingToChange", "upNothingToChange", "oneDrift", "teardown"],
    runs: 3,
    lab: { stack: "bench", portBase: 4000, linkSubnet: "172.31.30.0/24" },
  });
});

test("a series is written with commas", async () => {
  const typed = await parsed(
    "--nodes",
    "1,8",
    "--latency-ms",
    "0,20",
    "--tools",
    "pyinfra,minirack",
    "--lab",
    "b2,4300,172.31.40.0/24",
  );
  expect(typed).toMatchObject({
    nodes: [1, 8],
    latencyMs: [0, 20],
    tools: ["minirack", "pyinfra"],
    lab: { stack: "b2", portBase: 4300, linkSubnet: "172.31.40.0/24" },
  });
});

test.each([
  ["--nodes", "0", "expected whole numbers from 1 to 99 with commas, as 1,8,32"],
  ["--nodes", "8,", "expected whole numbers from 1 to 99 with commas, as 1,8,32"],
  ["--latency-ms", "1.5", "expected whole numbers from 0 to 99 with commas, as 1,8,32"],
  ["--runs", "1,2", "expected one number"],
  ["--tools", "chef", "expected one or more of minirack, pyinfra, ansible, rawSsh, pulumiCommand, got chef"],
  [
    "--cases",
    "all",
    "expected one or more of firstApply, nothingToChange, upNothingToChange, oneDrift, teardown, got all",
  ],
  ["--lab", "bench", "expected a stack, a port and a subnet, as bench,4000,172.31.30.0/24"],
])("%s %s is refused", async (option, value, message) => {
  await expect(parsed(option, value)).rejects.toThrow(message);
});
