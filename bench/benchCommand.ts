import { Command, InvalidArgumentError, Option } from "commander";
import type { LabPlace } from "./benchLab.ts";
import { type BenchCase, cases } from "./figures.ts";
import { type ToolName, toolNames } from "./tools/index.ts";

/** What was typed after `npm run bench --`. */
export interface BenchArguments {
  nodes: number[];
  latencyMs: number[];
  tools: ToolName[];
  cases: BenchCase[];
  runs: number;
  lab: LabPlace;
  json?: boolean;
}

const help = `
Cases:
  firstApply         nodes with nothing of it; packages are downloaded already
  nothingToChange    a live look at every setting on every node: pulumi refresh --preview-only; the others run again
  upNothingToChange  minirack alone: pulumi up --refresh
  oneDrift           a file on one node was changed by hand: reported and put right
  teardown           all of it taken away again: minirack alone can

Examples:
  npm run bench -- --nodes 2 --runs 1                           whether it works here: some minutes
  npm run bench -- --nodes 8 --cases nothingToChange --tools minirack,pyinfra
  npm run bench -- --nodes 1,8 --latency-ms 0,20                a series
  npm run --silent bench -- --nodes 8 --json > docs/results/bench-DATE.json && npm run bench:tables

A lab of its own, as many nodes as the greatest number asked for, is made and taken down again, after Ctrl-C too.
Tables and JSON go to stdout, the rest to stderr. What each figure means: docs/performance.md`;

/** The command line; `action` gets it parsed. */
export function benchCommand(action: (typed: BenchArguments) => Promise<void>): Command {
  const lab = { stack: "bench", portBase: 4000, linkSubnet: "172.31.30.0/24" };
  return new Command("npm run bench --")
    .description(
      "Times minirack beside pyinfra, Ansible and plain ssh: the same settings on the same lab nodes, in turns.",
    )
    .option("--nodes <numbers>", "how many nodes; several numbers with commas", numbersFrom(1), [8])
    .option("--latency-ms <numbers>", "added to the way there and back together", numbersFrom(0), [0])
    .addOption(oneOrMore("--tools <names>", "which tools", toolNames))
    .addOption(oneOrMore("--cases <names>", "which cases", cases))
    .option("--runs <number>", "times that each case is timed", oneNumber, 3)
    .option("--json", "one list of figures instead of tables; the tables go to stderr")
    .addOption(
      new Option("--lab <stack,port,subnet>", "where the lab is: its stack, the port before mini1's, eth1")
        .argParser(labPlace)
        .default(lab, Object.values(lab).join(",")),
    )
    .addHelpText("after", help)
    .action(action);
}

function numbersFrom(least: number): (text: string) => number[] {
  return (text) => {
    const numbers = text.split(",").map(Number);
    const isFitting = (number: number) => Number.isInteger(number) && number >= least && number <= 99;
    if (numbers.every(isFitting)) return numbers;
    throw new InvalidArgumentError(`expected whole numbers from ${least} to 99 with commas, as 1,8,32`);
  };
}

function oneNumber(text: string): number {
  const [number, ...others] = numbersFrom(1)(text);
  if (number !== undefined && others.length === 0) return number;
  throw new InvalidArgumentError("expected one number");
}

function oneOrMore<Name extends string>(flags: string, about: string, all: readonly Name[]): Option {
  return new Option(flags, about).default([...all], "all").argParser((text): Name[] => {
    const names = text.split(",");
    const unknown = names.find((name) => !all.some((one) => one === name));
    if (unknown === undefined) return all.filter((one) => names.includes(one));
    throw new InvalidArgumentError(`expected one or more of ${all.join(", ")}, got ${unknown}`);
  });
}

function labPlace(text: string): LabPlace {
  const [, stack, port, linkSubnet] = /^([a-z][a-z0-9]*),(\d+),(\d+\.\d+\.\d+\.0\/24)$/.exec(text) ?? [];
  if (stack !== undefined && linkSubnet !== undefined) return { stack, portBase: Number(port), linkSubnet };
  throw new InvalidArgumentError("expected a stack, a port and a subnet, as bench,4000,172.31.30.0/24");
}
