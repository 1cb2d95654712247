import { Command } from "commander";
import { type StackOptions, withStackOptions } from "../services/stackOptions.ts";

/** What was typed after `scripts/links`. */
export interface LinksArguments extends StackOptions {
  nodes: string[];
  json?: boolean;
}

const help = `
Sends a second of traffic each way between every two nodes that have a linkAddress, no node in two measurements at a time, and
compares with what the last \`pulumi up\` measured. Nothing is kept: a later \`pulumi up\` knows nothing of it. Needs iperf3
on the nodes, which \`links:\` in the cluster file brings.

Examples:
  scripts/links                                every pair of stack dev
  scripts/links mini2                          mini2 with each of the others
  scripts/links mini1 mini2 --stack shelf      that pair
  scripts/links --json | jq '.pairs[] | select(.gbps < 5)'

Verdicts: as before, faster, slower (less than 70 % of what it was), new (not measured before), below N Gb/s (links.minGbps),
failed. Exit code 1 if any pair is slower, below or failed.`;

/** The command line; `action` gets it parsed. */
export function linksCommand(action: (typed: LinksArguments) => Promise<void>): Command {
  const command = new Command("scripts/links")
    .description("Measures the links between nodes now and compares with what the state has.")
    .argument("[nodes...]", "names of nodes; all of them if none is given")
    .option("--json", "print as JSON; lines for people go to stderr");
  return withStackOptions(command)
    .addHelpText("after", help)
    .action((nodes: string[], options: Omit<LinksArguments, "nodes">) => action({ nodes, ...options }));
}
