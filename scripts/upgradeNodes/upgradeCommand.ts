import { Command } from "commander";
import { manyTimes } from "../manyTimes.ts";
import { type StackOptions, withStackOptions } from "../services/stackOptions.ts";

/** What was typed after `scripts/upgrade`. */
export interface UpgradeArguments extends StackOptions {
  node: string[];
  dryRun?: boolean;
  json?: boolean;
}

const help = `
All nodes at once, each by apt-get update and upgrade: no package is removed, a configuration file that somebody changed stays.
apt runs as a unit of systemd (minirack-apt): it comes to its end although you or the connection may be gone. Nothing is
rebooted; a node that waits for that is named, and scripts/reboot does it.

Examples:
  scripts/upgrade --dry-run                    what would be upgraded; changes nothing
  scripts/upgrade                              every node of stack dev
  scripts/upgrade --node mini1 --node mini2 --stack shelf
  scripts/upgrade --json | jq -r '.[] | select(.rebootReason) | .node'

Exit code 1 if a node could not be upgraded.`;

/** The command line; `action` gets it parsed. */
export function upgradeCommand(action: (typed: UpgradeArguments) => Promise<void>): Command {
  const command = new Command("scripts/upgrade")
    .description("Brings the Debian packages of nodes up to date.")
    .addOption(manyTimes("--node <name>", "a node to upgrade", "every node"))
    .option("--dry-run", "tell what would be upgraded, and change nothing")
    .option("--json", "print as JSON; lines for people go to stderr");
  return withStackOptions(command).addHelpText("after", help).action(action);
}
