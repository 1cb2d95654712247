import { Command } from "commander";
import { usualStack } from "../scripts/project.ts";
import { runCommand } from "../scripts/runCommand.ts";
import { wholeNumber } from "../scripts/wholeNumber.ts";
import { median } from "./median.ts";
import { compareNotebook, type NotebookRound } from "./notebook/compareNotebook.ts";

const help = `
Example:
  npm start && npm run bench:notebook -- --node mini2 --runs 5

Each round changes the notebook by a line, runs it, then sends the same image by docker save | ssh docker load. The stack
has to be up, and ssh to know its nodes (npm run ssh-config).`;

const command = new Command("npm run bench:notebook")
  .description("Times a changed notebook from command to results, beside docker save | ssh docker load.")
  .requiredOption("--node <name>", "node that runs notebooks")
  .option("--stack <name>", "its Pulumi stack", usualStack)
  .option("--runs <n>", "rounds", wholeNumber(1, 99), 3)
  .option("--json", "one list of rounds")
  .addHelpText("after", help)
  .action(
    async ({ json = false, ...options }: { node: string; stack: string; runs: number; json?: boolean }) => {
      const rounds = await compareNotebook({ ...options, say: console.error });
      console.log(json ? JSON.stringify(rounds, null, 2) : table(rounds));
    },
  );

function table(rounds: NotebookRound[]): string {
  const of = (pick: (round: NotebookRound) => number) => median(rounds.map(pick));
  return [
    `from command to results: ${of(({ totalSeconds }) => totalSeconds).toFixed(2)} s`,
    `beyond the notebook's own: ${of(({ beyondSeconds }) => beyondSeconds).toFixed(2)} s`,
    `bytes sent: ${of(({ wireBytes }) => wireBytes)}, of missing layers ${of(({ missingLayerBytes }) => missingLayerBytes)}`,
    `docker save | ssh docker load: ${of(({ saveSeconds }) => saveSeconds).toFixed(2)} s, ${of(({ saveBytes }) => saveBytes)} bytes`,
  ].join("\n");
}

await runCommand(command);
