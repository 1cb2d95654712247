import { CountedLines } from "../../runs/onNode/countedLines.ts";
import { followRun } from "../../runs/onNode/followRun.ts";
import { RunLog } from "./runLog.ts";
import type { TrainingRun } from "./trainingRun.ts";

/** Who is told, and who may end the following. */
interface Listener {
  print: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** Shows a run's lines from its first on, as they come, to its end. */
export async function followTraining(
  { node, shell }: TrainingRun,
  { print, signal }: Listener,
): Promise<void> {
  const log = new RunLog(print);
  const lines = new CountedLines((line) => log.take(line));
  await followRun(node, { shell, lines, print, signal });
}
