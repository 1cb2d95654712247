import { Command } from "commander";
import { manyTimes } from "../manyTimes.ts";
import { type StackOptions, withStackOptions } from "./stackOptions.ts";

/** What was typed after `scripts/status`. */
export interface StatusArguments extends StackOptions {
  nodes: string[];
  service: string[];
  json?: boolean;
}

const help = `
Examples:
  scripts/status                               every unit that minirack manages, on every node
  scripts/status mini1 mini2
  scripts/status --service ssh --service cron  units of your choice
  scripts/status --json | jq '.[] | select(.error)'

Exit code 1 if a node does not answer or does not know a unit.`;

/** The command line; `action` gets it parsed. */
export function statusCommand(action: (typed: StatusArguments) => Promise<void>): Command {
  const command = new Command("scripts/status")
    .description("Shows systemd's units on the nodes: active, enabled, since when, memory.")
    .argument("[nodes...]", "names of nodes; all of them if none is given")
    .addOption(manyTimes("--service <unit>", "a unit to show", "those that minirack manages"))
    .option("--json", "print as JSON; lines for people go to stderr");
  return withStackOptions(command)
    .addHelpText("after", help)
    .action((nodes: string[], options: Omit<StatusArguments, "nodes">) => action({ nodes, ...options }));
}
