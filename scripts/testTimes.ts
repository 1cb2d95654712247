import { Command } from "commander";
import { readTimes } from "./testRuns/testRun.ts";
import { timesTable } from "./testRuns/timesTable.ts";

new Command("npm run test:times")
  .description(
    "How long each test file took the last time that it ran in this clone, beside the budget of its area for npm test.",
  )
  .parse();

console.log(timesTable(readTimes()));
