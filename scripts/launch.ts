import { plainText } from "../provider/transport/plainText.ts";
import { RunFailed } from "../runners/runs/runFailed.ts";
import { stopOnSignal } from "../runners/runs/stopOnSignal.ts";
import { dryRunLines } from "../runners/training/launch/dryRunLines.ts";
import { type LaunchArguments, launchCommand } from "../runners/training/launch/launchCommand.ts";
import type { LaunchOptions } from "../runners/training/launch/launchOptions.ts";
import { launchTraining } from "../runners/training/launch/launchTraining.ts";
import { planLaunch } from "../runners/training/launch/planLaunch.ts";
import { readTraining } from "../runners/training/launch/readTraining.ts";
import { findFinished } from "../runners/training/launch/results.ts";
import { projectFolder } from "./project.ts";

const root = projectFolder();

async function launch({
  domain,
  stack,
  force = false,
  detach = false,
  dryRun,
  json,
  ...parameters
}: LaunchArguments): Promise<void> {
  const say = json ? console.error : console.log;
  const print = (line: string) => say(plainText(line));
  const options: LaunchOptions = { root, stack, domain, parameters, force, isDetached: detach, print };
  if (dryRun) return await showPlan(options);
  const signal = stopOnSignal(() => print("leaving: a run that has begun goes on …"));
  const result = await launchTraining({ ...options, signal });
  if (json) console.log(JSON.stringify(result, null, 2));
  if (signal.aborted) process.exitCode = 130;
}

async function showPlan(options: LaunchOptions): Promise<void> {
  const plan = planLaunch(options, await readTraining(root, options.stack));
  const finished = await findFinished(plan.results, plan.key);
  for (const line of dryRunLines(plan, root, finished !== undefined)) options.print(line);
}

try {
  await launchCommand(launch).parseAsync();
} catch (error) {
  console.error(plainText(error instanceof Error ? error.message : String(error)));
  process.exitCode = error instanceof RunFailed ? error.exitCode : 1;
}
