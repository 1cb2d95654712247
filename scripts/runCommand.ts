import type { Command } from "commander";
import { errorText } from "../provider/transport/errorText.ts";
import { Cancelled } from "../provider/transport/nodeError.ts";
import { plainText } from "../provider/transport/plainText.ts";
import { closePool } from "../provider/transport/pool.ts";

/**
 * Runs what a person typed. An error is its text on stderr and exit code 1; 130 where we were told to stop. The connections to
 * nodes end with it.
 * @param words what was typed, where it is not all that the process was given
 */
export async function runCommand(command: Command, words = process.argv.slice(2)): Promise<void> {
  try {
    await command.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof Cancelled)) console.error(plainText(errorText(error)));
    process.exitCode = error instanceof Cancelled ? 130 : 1;
  } finally {
    await closePool();
  }
}
