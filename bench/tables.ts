import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { runCommand } from "../scripts/runCommand.ts";
import { withTables } from "./performancePage.ts";
import { performancePage, resultFiles } from "./resultFiles.ts";

const command = new Command("npm run bench:tables")
  .description("Writes the tables of docs/results/bench-*.json into docs/performance.md.")
  .action(() =>
    writeFileSync(performancePage, withTables(readFileSync(performancePage, "utf8"), resultFiles())),
  );

await runCommand(command);
