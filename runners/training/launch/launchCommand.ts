import { Command, InvalidArgumentError } from "commander";
import { usualStack } from "../../../scripts/project.ts";
import { wholeNumber } from "../../../scripts/wholeNumber.ts";
import type { Parameters } from "./parameters.ts";

/** What was typed after `scripts/launch`. */
export interface LaunchArguments extends Parameters {
  domain: string;
  stack: string;
  dryRun?: boolean;
  force?: boolean;
  detach?: boolean;
  json?: boolean;
}

const examples = `
Examples:
  scripts/launch --dry-run                     what would run, and where
  scripts/launch                               the digits, on all nodes of the stack
  scripts/launch --epochs 20 --sync-every-n-steps 4
  scripts/launch --domain mine                 domains/mine.py; docs/training.md says what it holds
  scripts/launch --epochs 2000 --detach        goes on by itself; scripts/runs shows the way back
  scripts/launch --json | jq .metrics.epochs[-1].accuracy

A run with the same code, packages, nodes and parameters is found in results/ and not run twice.`;

/** The command line; `action` gets it parsed. */
export function launchCommand(action: (typed: LaunchArguments) => Promise<void>): Command {
  return new Command("scripts/launch")
    .description("Trains a domain across the nodes of a stack, over their links.")
    .option("--domain <name>", "what to train: a file in domains/, without .py", "digits")
    .option("--epochs <n>", "passes over the samples", wholeNumber(1))
    .option("--batch-size <n>", "samples per step on each rank", wholeNumber(1))
    .option("--learning-rate <x>", "step along the gradient", positiveNumber)
    .option(
      "--sync-every-n-steps <n>",
      "steps each rank takes by itself between two all-reduces",
      wholeNumber(1),
    )
    .option("--seed <n>", "of shuffling and of the first weights; 0 if not given", wholeNumber(0))
    .option("--stack <name>", "Pulumi stack whose nodes train", usualStack)
    .option("--dry-run", "print what would run, and where; run nothing")
    .option("--detach", "start it and come back at once")
    .option("--force", "run again although the same run has finished before")
    .option("--json", "print the run's record as JSON; lines for people go to stderr")
    .addHelpText("after", examples)
    .action(action);
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+(e-?\d+)?$/i.test(text) && value > 0) return value;
  throw new InvalidArgumentError(`expected a number above 0, got ${text}`);
}
