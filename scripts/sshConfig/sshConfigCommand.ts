import { Command } from "commander";
import { type StackOptions, withStackOptions } from "../services/stackOptions.ts";

/** What was typed after `npm run ssh-config --`. */
export interface SshConfigArguments extends StackOptions {
  remove?: boolean;
}

const help = `
Writes ~/.ssh/minirack/STACK.conf and the pinned host keys beside it, and one Include line at the top of ~/.ssh/config.
npm run down takes them away for stack dev.

Examples:
  npm run ssh-config                      then: ssh mini1, scp file mini1:, rsync …
  npm run ssh-config -- --stack shelf     where two stacks have a mini1: ssh mini1.shelf
  npm run ssh-config -- --remove`;

/** The command line; `action` gets it parsed. */
export function sshConfigCommand(action: (typed: SshConfigArguments) => Promise<void>): Command {
  const command = new Command("npm run ssh-config --")
    .description("Makes `ssh mini1` work: a stack's nodes by name, each with its pinned host key.")
    .option("--remove", "take it away again");
  return withStackOptions(command).addHelpText("after", help).action(action);
}
