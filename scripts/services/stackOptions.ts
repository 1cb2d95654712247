import type { Command } from "commander";
import { usualStack } from "../project.ts";

/** What every command takes that works on a stack's nodes. */
export interface StackOptions {
  stack: string;
  configFile?: string;
}

/** Adds the options that name the stack. */
export function withStackOptions(command: Command): Command {
  return command
    .option("--stack <name>", "Pulumi stack whose nodes are meant", usualStack)
    .option("--config-file <path>", "the stack's configuration, if not Pulumi.STACK.yaml");
}
