import { Command } from "commander";
import { usualStack } from "../project.ts";

/** What was typed after `scripts/give-back`. */
export interface GiveBackArguments {
  node: string;
  stack: string;
  configFile?: string;
  takeOver?: string;
  yes?: boolean;
  json?: boolean;
}

const help = `
Without --yes it only lists what would be done. Every setting that minirack ever changed on a node has a record there, in
/var/lib/minirack, which says what was there before. \`pulumi destroy\` puts that back; this is for a node whose Pulumi
state is lost. To keep the node in the cluster instead, run \`pulumi up\`: it adopts the records. Those of another stack, or
of this one before its id was lost, are listed with that stack's id and left, unless you name it: --take-over here, or
MINIRACK_TAKE_OVER=ID before \`pulumi up\`.

The cluster's key on this controller stays; remove it when no node needs it any more.

Examples:
  scripts/give-back mini1                      what would be put back
  scripts/give-back mini1 --yes                puts it back
  scripts/give-back mini1 --json | jq .records[].setting
  scripts/give-back mini1 --take-over 5f0c9a3be1d24c78 --yes   what a lost stack has left on it`;

/** The command line; `action` gets it parsed. */
export function giveBackCommand(action: (typed: GiveBackArguments) => Promise<void>): Command {
  return new Command("scripts/give-back")
    .description("Puts a node back as it was before minirack, where Pulumi's state is lost.")
    .argument("<node>", "its name in the stack's cluster file")
    .option("--stack <name>", "Pulumi stack that the node belonged to", usualStack)
    .option("--config-file <path>", "the stack's configuration, if not Pulumi.STACK.yaml")
    .option("--take-over <id>", "the records of a lost stack; PROJECT/STACK where they have no id")
    .option("--yes", "do it")
    .option("--json", "print as JSON; lines for people go to stderr")
    .addHelpText("after", help)
    .action((node: string, options: Omit<GiveBackArguments, "node">) => action({ node, ...options }));
}
