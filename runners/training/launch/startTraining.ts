import { run } from "../../../provider/shell/command.ts";
import { startProcess } from "../../runs/onNode/startProcess.ts";
import { startScript } from "../../runs/onNode/startScript.ts";
import { keepMetadata } from "../../runs/runFolder.ts";
import type { LaunchPlan } from "./planLaunch.ts";
import type { Metadata } from "./runRecord.ts";
import type { TrainingRun } from "./trainingRun.ts";

/**
 * Starts the plan's script on the first node, where it goes on without us.
 * @returns the run's metadata, kept in its folder, with the way back
 */
export async function startTraining(
  { node, folder: onNode }: TrainingRun,
  { script }: LaunchPlan,
  { folder, metadata }: { folder: string; metadata: Metadata },
): Promise<Metadata> {
  await keepMetadata(folder, metadata); // before it starts: killed in between, we find the way back
  const lines = [
    "set -eu",
    "umask 077",
    run("mkdir", "-p", onNode),
    ...startProcess(onNode, `exec sh -c ${run(script)}`),
  ];
  await startScript(node, `${lines.join("\n")}\n`);
  return metadata;
}
