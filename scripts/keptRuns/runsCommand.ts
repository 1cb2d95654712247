import { Command } from "commander";

/** What is done with what was typed after `scripts/runs`. */
export interface RunsActions {
  list(options: { json?: boolean }): Promise<void>;
  status(run: string, options: { json?: boolean }): Promise<void>;
  logs(run: string, options: { follow?: boolean }): Promise<void>;
  stop(run: string): Promise<void>;
  fetch(run: string | undefined): Promise<void>;
}

const help = `
Examples:
  scripts/runs                                 every run in results/, newest first
  scripts/runs status baseline                 one of them: parameters, commit, how it ended
  scripts/runs logs baseline -f                what it says, and what it will; Ctrl-C ends this, not the run
  scripts/runs stop baseline                   ends it, and fetches what it left
  scripts/runs fetch                           what ended while nobody waited for it
  scripts/runs --json | jq '.[] | select(.status == "failed") | .exit.reason'

Only nodes with a run that goes on are asked. Exit code 1 if one of them does not answer.`;

const json = ["--json", "print as JSON; lines for people go to stderr"] as const;
const run = ["<run>", "its name: a folder in results/"] as const;

/** The command line. */
export function runsCommand(actions: RunsActions): Command {
  const command = new Command("scripts/runs")
    .description("Shows runs, and leads back to those that go on.")
    .option(...json)
    .enablePositionalOptions()
    .allowExcessArguments() // they are told better than commander does
    .addHelpText("after", help)
    .action((options: { json?: boolean }, { args: [word] }: Command) => {
      if (word !== undefined) throw new Error(notKnown(word));
      return actions.list(options);
    });
  command
    .command("status")
    .description("what one run did, or does now")
    .argument(...run)
    .option(...json)
    .action((name: string, options: { json?: boolean }) => actions.status(name, options));
  command
    .command("logs")
    .description("what it has said")
    .argument(...run)
    .option("-f, --follow", "go on with new lines until it ends, or Ctrl-C")
    .action((name: string, options: { follow?: boolean }) => actions.logs(name, options));
  command
    .command("stop")
    .description("ends it, and fetches what it left")
    .argument(...run)
    .action((name: string) => actions.stop(name));
  command
    .command("fetch")
    .description("brings the results of runs that ended without us")
    .argument("[run]", "its name; all that have ended if none is given")
    .action((name: string | undefined) => actions.fetch(name));
  return command;
}

function notKnown(word: string): string {
  return `scripts/runs: expected status, logs, stop or fetch, got ${word}; of a run, type scripts/runs status ${word}`;
}
