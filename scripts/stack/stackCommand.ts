import { Argument, Command } from "commander";
import { manyTimes } from "../manyTimes.ts";
import { usualStack } from "../project.ts";
import { type TargetedCommand, targetedCommands } from "./nodeTargets.ts";

/** What was typed after `npm run stack --`. */
export interface StackArguments {
  command: TargetedCommand;
  node: string[];
  stack: string;
  configFile?: string;
  /** Everything else, which is Pulumi's. */
  others: string[];
}

const help = `
Every other option is Pulumi's own (--yes, --diff, --refresh …). Without --node it is plain Pulumi.

What --node means:
  up, preview   the node's own resources, with the components that hold them. Lists on other nodes that name a new node
                (peers) are not theirs: a plain \`up\` completes them.
  refresh       what the state has on the node.
  destroy       the node is given back, and so is what rests on it elsewhere: the peers of the other nodes, which name it, and
                the training code, which waits for all links. The next \`up\` makes both again, for the nodes that the cluster
                file then has.

Examples:
  npm run stack -- up --node mini2
  npm run stack -- preview --node mini2 --refresh --diff
  npm run stack -- up --node mini1 --node mini2 --yes
  npm run stack -- refresh --node mini2 --stack dev
  npm run stack -- destroy --node mini3      then take it out of the cluster file, and up`;

/** The command line; `action` gets it parsed. */
export function stackCommand(action: (typed: StackArguments) => Promise<void>): Command {
  return new Command("npm run stack --")
    .description("Pulumi on one node: up, preview, refresh, destroy.")
    .addArgument(new Argument("<command>", "what Pulumi is to do").choices(targetedCommands))
    .argument("[others...]", "options of Pulumi")
    .addOption(manyTimes("--node <name>", "a node to stay with", "every node"))
    .option("--stack <name>", "Pulumi stack", usualStack)
    .option("--config-file <path>", "the stack's configuration, if not Pulumi.STACK.yaml")
    .allowUnknownOption()
    .addHelpText("after", help)
    .action(
      (command: TargetedCommand, others: string[], options: Omit<StackArguments, "command" | "others">) =>
        action({ command, others, ...options }),
    );
}
