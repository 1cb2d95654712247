import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../../../provider/shell/command.ts";
import { hangingSeconds } from "../../../provider/transport/download.ts";
import { persistent } from "../../../provider/transport/persistent.ts";
import { ended } from "../../runs/ended.ts";
import { bootCommand } from "../../runs/onNode/boot.ts";
import { fetchAttempts, removeScript } from "../../runs/onNode/endScripts.ts";
import {
  finishedAt,
  type ProcessState,
  parsedOr,
  processStateSchema,
} from "../../runs/onNode/processState.ts";
import { KeptLog } from "./keptLog.ts";
import { keepRecord } from "./results.ts";
import { runEnd } from "./runEnd.ts";
import type { RunLog } from "./runLog.ts";
import type { Metadata, RunRecord } from "./runRecord.ts";
import { toldMetadata } from "./startedMetadata.ts";
import { runsFolder, type TrainingRun } from "./trainingRun.ts";

/**
 * Brings a run that is over home: its lines, its numbers and its last metadata into its folder, then it goes from the node. Cut
 * off before that, the next contact does it again.
 *
 * @param isLate whether it ended some time ago: then its node says when
 */
export async function finishTraining(
  training: TrainingRun,
  folder: string,
  metadata: Metadata,
  isLate = false,
): Promise<RunRecord> {
  const { state, isStopped, isRebooted, log } = await persistent(
    () => whatIsLeft(training, folder),
    fetchAttempts,
  );
  const end = runEnd(log, metadata.nodes, { code: state?.ExitCode ?? null, isStopped, isRebooted });
  const record: RunRecord = {
    metadata: {
      ...metadata,
      ...(log.start && toldMetadata(metadata, log.start)),
      ...ended(metadata, end, isLate ? finishedAt(state) : new Date()),
      peakMemoryBytes: log.metrics.epochs.at(-1)?.peakMemoryBytes,
      lastLines: end.status === "failed" ? log.lastLines : undefined,
    },
    metrics: log.metrics,
  };
  await keepRecord(folder, record);
  await training.node.run({
    script: `${removeScript(runsFolder, training.id, training.shell)}${emptyFolders}`,
  });
  return record;
}

/** Nothing of us stays in a home where no run is. */
const emptyFolders = `rmdir -p ${runsFolder} 2> /dev/null || true\n`;

interface Left {
  state: ProcessState | undefined;
  isStopped: boolean;
  isRebooted: boolean;
  /** What the run has told, from its first line on. */
  log: RunLog;
}

async function whatIsLeft({ node, folder: onNode, shell }: TrainingRun, folder: string): Promise<Left> {
  const lines = [
    shell.state().trimEnd(),
    `[ -e ${run(`${onNode}/stopped`)} ] && echo yes || echo no`,
    `[ "$(${bootCommand})" = "$(cat ${run(`${onNode}/boot`)})" ] && echo no || echo yes`,
    "",
  ];
  const { stdout } = await node.run({ script: lines.join("\n") });
  const [state = "", isStopped, isRebooted] = stdout.split("\n");
  const kept = new KeptLog();
  const writing = pipeline(kept, createWriteStream(join(folder, "execution.log"), { flush: true }));
  await Promise.all([node.download({ script: shell.logs(), silentSeconds: hangingSeconds }, kept), writing]);
  return {
    state: parsedOr(processStateSchema, state),
    isStopped: isStopped === "yes",
    isRebooted: isRebooted === "yes",
    log: kept.log,
  };
}
