import { Command } from "commander";
import { manyTimes } from "../manyTimes.ts";
import { type StackOptions, withStackOptions } from "../services/stackOptions.ts";
import { wholeNumber } from "../wholeNumber.ts";

/** What was typed after `scripts/reboot`. */
export interface RebootArguments extends StackOptions {
  node: string[];
  rolling?: boolean;
  ifRequired?: boolean;
  timeout: number;
  json?: boolean;
}

const help = `
Waits for each node: another boot, systemd through with it, and every unit that minirack manages and that ran before running
again. --rolling takes one node after another, in the order of the cluster file, and does not begin while a node does not
answer; when one does not come back it stops, and says which are left. Without it all that were named go down at once. A
dpkg at work is waited for. The controller itself is refused.

Examples:
  scripts/reboot --rolling                     every node of stack dev, one after another
  scripts/reboot --rolling --if-required       those that an update waits for
  scripts/reboot --node mini2                  this one
  scripts/reboot --node all --stack shelf      all at once
  scripts/reboot --rolling --json | jq -r '.[] | select(.action == "left") | .node'

Exit code 1 if a node did not come back as it was.`;

/** The command line; `action` gets it parsed. */
export function rebootCommand(action: (typed: RebootArguments) => Promise<void>): Command {
  const command = new Command("scripts/reboot")
    .description("Reboots nodes and waits until they are back.")
    .addOption(manyTimes("--node <name>", "a node to reboot, or all", "every node with --rolling"))
    .option("--rolling", "one after another")
    .option("--if-required", "only nodes that an update waits for")
    .option("--timeout <seconds>", "how long a node may take to be back", wholeNumber(1, 99_999), 600)
    .option("--json", "print as JSON; lines for people go to stderr");
  return withStackOptions(command)
    .addHelpText("after", help)
    .action(async (typed: RebootArguments) => {
      const isNamed = typed.node.length > 0 || typed.rolling === true;
      if (!isNamed) command.error("error: expected nodes: --node NAME, --node all, or --rolling; see --help");
      await action(typed);
    });
}
