import { Command } from "commander";
import { type StackOptions, withStackOptions } from "../services/stackOptions.ts";

/** What was typed after `scripts/rotate-keys`. */
export interface RotateKeysArguments extends StackOptions {
  node: string[];
}

const help = `
The cluster's key first, then every node's own key for its peers. A new key is made beside the old one, brought to every node
with it and tried by a new connection; only then the old one goes. A node that is down keeps a rotation pending, with both
keys let in; a run that was ended is gone on with by the next. Exit code 1 while anything is pending.

Examples:
  scripts/rotate-keys
  scripts/rotate-keys --node mini2        only that node's own key
  scripts/rotate-keys --stack shelf`;

/** The command line; `action` gets it parsed. */
export function rotateKeysCommand(action: (typed: RotateKeysArguments) => Promise<void>): Command {
  const command = new Command("scripts/rotate-keys")
    .description("Gives the cluster and its nodes new SSH keys, without ever locking anybody out.")
    .option("--node <name>", "only this node's own key; may be given more than once", collect, []);
  return withStackOptions(command).addHelpText("after", help).action(action);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
