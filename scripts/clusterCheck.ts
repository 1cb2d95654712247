import { ConfigError } from "../config/configError.ts";
import { checkJson, problemsJson } from "./clusterCheck/checkJson.ts";
import { checkTables } from "./clusterCheck/checkTables.ts";
import { clusterCheck } from "./clusterCheck/clusterCheck.ts";
import { type ClusterCheckArguments, clusterCheckCommand } from "./clusterCheck/clusterCheckCommand.ts";
import { openStack } from "./nodes/stackNodes.ts";
import { runCommand } from "./runCommand.ts";

const printJson = (value: unknown) => console.log(JSON.stringify(value, null, 2));

async function run({ stack, configFile, json }: ClusterCheckArguments): Promise<void> {
  const opened = await openStack(stack, configFile).catch((error: unknown) => {
    if (json && error instanceof ConfigError) printJson(problemsJson(stack, error.problems));
    throw error;
  });
  const check = await clusterCheck(opened);
  if (json) printJson(checkJson(check));
  (json ? console.error : console.log)(checkTables(check));
  if (check.findings.length > 0) process.exitCode = 1;
}

await runCommand(clusterCheckCommand(run));
