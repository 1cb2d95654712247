import { persistent } from "../../../provider/transport/persistent.ts";
import { ended } from "../../runs/ended.ts";
import { keepLog } from "../../runs/executionLog.ts";
import { bootCommand } from "../../runs/onNode/boot.ts";
import { fetchAttempts, removeScript } from "../../runs/onNode/endScripts.ts";
import {
  finishedAt,
  type ProcessState,
  parsedOr,
  processStateSchema,
} from "../../runs/onNode/processState.ts";
import { keepRecord } from "./results.ts";
import { runEnd } from "./runEnd.ts";
import { RunLog } from "./runLog.ts";
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
  run: TrainingRun,
  folder: string,
  metadata: Metadata,
  isLate = false,
): Promise<RunRecord> {
  const { state, isStopped, isRebooted, text } = await persistent(() => whatIsLeft(run), fetchAttempts);
  const lines: string[] = [];
  const log = new RunLog((line) => lines.push(line));
  for (const line of text) log.take(line);
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
  await keepLog(folder, lines);
  await keepRecord(folder, record);
  await run.node.run({ script: `${removeScript(run.folder, run.shell)}${emptyFolders}` });
  return record;
}

/** Nothing of us stays in a home where no run is. */
const emptyFolders = `rmdir -p ${runsFolder} 2> /dev/null || true\n`;

interface Left {
  state: ProcessState | undefined;
  isStopped: boolean;
  isRebooted: boolean;
  /** All that the run has printed, line by line. */
  text: string[];
}

async function whatIsLeft({ node, folder, shell }: TrainingRun): Promise<Left> {
  const lines = [
    shell.state().trimEnd(),
    `[ -e ${folder}/stopped ] && echo yes || echo no`,
    `[ "$(${bootCommand})" = "$(cat ${folder}/boot)" ] && echo no || echo yes`,
    shell.logs(),
  ];
  const { stdout } = await node.run({ script: lines.join("\n") });
  const [state = "", isStopped, isRebooted, ...text] = stdout.split("\n");
  return {
    state: parsedOr(processStateSchema, state),
    isStopped: isStopped === "yes",
    isRebooted: isRebooted === "yes",
    text,
  };
}
