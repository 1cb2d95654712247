import { Command } from "commander";
import { wholeNumber } from "../wholeNumber.ts";
import { type StackOptions, withStackOptions } from "./stackOptions.ts";

/** What was typed after `scripts/logs`. */
export interface LogsArguments extends StackOptions {
  node: string;
  service: string;
  follow?: boolean;
  lines: number;
}

const help = `
Examples:
  scripts/logs mini1 redis-server              its last 100 lines
  scripts/logs mini1 redis-server -f           and those to come; Ctrl-C ends it, on the node too
  scripts/logs mini2 ssh --lines 500 --stack shelf | grep Accepted`;

/** The command line; `action` gets it parsed. */
export function logsCommand(action: (typed: LogsArguments) => Promise<void>): Command {
  const command = new Command("scripts/logs")
    .description("Prints what a systemd unit on a node has logged.")
    .argument("<node>", "its name in the stack's cluster file")
    .argument("<service>", "a unit: redis-server, or backup.timer")
    .option("-f, --follow", "go on with new lines until Ctrl-C")
    .option("--lines <n>", "how many of the last lines", wholeNumber(0, 9_999_999), 100);
  return withStackOptions(command)
    .addHelpText("after", help)
    .action((node: string, service: string, options: Omit<LogsArguments, "node" | "service">) =>
      action({ node, service, ...options }),
    );
}
