import { Command } from "commander";
import { usualStack } from "../project.ts";

/** What was typed after `scripts/check`. */
export interface ClusterCheckArguments {
  stack: string;
  configFile?: string;
  json?: boolean;
}

const help = `
Looks, and changes nothing: the cluster file first (every problem with its line and column), then all nodes at once, one
script each. A node that is down is a row and a finding; so are settings on which the last up failed, failed units, a login
shell that prints, limits and swap beyond what the node has, records that the state does not have. Exit code 1 if anything is wrong.

Examples:
  scripts/check                                the nodes of stack dev
  scripts/check --stack shelf
  scripts/check --json | jq -r '.findings[] | "\\(.node) \\(.subject)"'`;

/** The command line; \`action\` gets it parsed. */
export function clusterCheckCommand(action: (typed: ClusterCheckArguments) => Promise<void>): Command {
  return new Command("scripts/check")
    .description("Checks a cluster: its file, its nodes, its links.")
    .option("--stack <name>", "Pulumi stack whose nodes are looked at", usualStack)
    .option("--config-file <path>", "the stack's configuration, if not Pulumi.STACK.yaml")
    .option("--json", "print as JSON; lines for people go to stderr")
    .addHelpText("after", help)
    .action(action);
}
