import { Command } from "commander";
import type { Verb } from "./controlUnit.ts";
import { type StackOptions, withStackOptions } from "./stackOptions.ts";

/** What was typed after `scripts/start`, `scripts/stop` or `scripts/restart`. */
export interface ControlArguments extends StackOptions {
  node: string;
  service: string;
  json?: boolean;
}

const does: Record<Verb, string> = { start: "Starts", stop: "Stops", restart: "Restarts" };

const help = (verb: Verb) => `
It is done for now: a unit that minirack manages goes back to what the cluster file says at the next \`pulumi up --refresh\`,
and an enabled one starts at the next boot.

Examples:
  scripts/${verb} mini1 redis-server
  scripts/${verb} all redis-server             on every node of stack dev, all at once
  scripts/${verb} mini2 backup.timer --stack shelf`;

/** The command line; `action` gets it parsed. */
export function controlCommand(verb: Verb, action: (typed: ControlArguments) => Promise<void>): Command {
  const command = new Command(`scripts/${verb}`)
    .description(`${does[verb]} a systemd unit on a node, or on all.`)
    .argument("<node>", "its name in the stack's cluster file, or all")
    .argument("<service>", "a unit: redis-server, or backup.timer")
    .option("--json", "print as JSON; lines for people go to stderr");
  return withStackOptions(command)
    .addHelpText("after", help(verb))
    .action((node: string, service: string, options: Omit<ControlArguments, "node" | "service">) =>
      action({ node, service, ...options }),
    );
}
