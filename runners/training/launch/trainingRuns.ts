import { run } from "../../../provider/shell/command.ts";
import { openNode } from "../../../provider/transport/openNode.ts";
import { expectMetadata } from "../../runs/expectMetadata.ts";
import { keepLoss } from "../../runs/keepLoss.ts";
import type { Run } from "../../runs/listRuns.ts";
import { atItsNode } from "../../runs/onNode/atItsNode.ts";
import { stopScript } from "../../runs/onNode/endScripts.ts";
import { hasBegun, neverBegan } from "../../runs/onNode/hasBegun.ts";
import { parsedOr, processStateSchema } from "../../runs/onNode/processState.ts";
import { statusSeconds } from "../../runs/onNode/runId.ts";
import type { RemoteRuns, RunNow } from "../../runs/remoteRuns.ts";
import { finishTraining } from "./finishTraining.ts";
import { followTraining } from "./followTraining.ts";
import type { LaunchWorld } from "./launchOptions.ts";
import { readTraining } from "./readTraining.ts";
import { RunLog } from "./runLog.ts";
import { type Metadata, metadataSchema } from "./runRecord.ts";
import { parseLine } from "./trainingEvent.ts";
import { type TrainingRun, trainingRun } from "./trainingRun.ts";

/** Trainings that go on at their nodes, as `scripts/runs` comes back to them. */
export function trainingRuns(root: string, world: LaunchWorld = { readTraining, openNode }): RemoteRuns {
  const contact = async <Result>(
    run: Run,
    work: (run: TrainingRun, metadata: Metadata) => Promise<Result>,
  ) => {
    const metadata = expectMetadata(metadataSchema, run);
    const { nodes } = await world.readTraining(root, metadata.stack);
    const open = ({ name, connection }: (typeof nodes)[number]) => world.openNode({ name, connection });
    return await atItsNode(metadata, { nodes, what: "train", open }, (node, id) =>
      work(trainingRun(node, id), metadata),
    );
  };
  return {
    status: (run) => contact(run, stateOf),
    logs: (run, { follow, print, signal }) =>
      contact(run, async (at) => {
        if (follow) return await followTraining(at, { print, signal });
        const log = new RunLog(print);
        await at.node.run({ script: at.shell.logs(), onLine: (line) => log.take(line) });
      }),
    stop: (run) =>
      contact(run, async ({ node, folder, shell }) => {
        await node.run({ script: stopScript(folder, shell) });
      }),
    fetch: (run) =>
      contact(run, async (at, metadata) => {
        if ((await stateOf(at)).isRunning) return metadata;
        if (!(await hasBegun(at.node, at.folder)))
          return await keepLoss(run.folder, metadata, neverBegan(metadata.remote?.node ?? ""));
        return (await finishTraining(at, run.folder, metadata, true)).metadata;
      }),
  };
}

async function stateOf({ node, folder, shell }: TrainingRun): Promise<RunNow> {
  const lastEpoch = `${run("tail", "--bytes=65536", `${folder}/log`)} | grep -F '"event":"epoch"' | tail -n 1 || true`;
  const script = `${shell.state()}${lastEpoch}\n`;
  const { stdout } = await node.run({ script, timeoutSeconds: statusSeconds });
  const [state = "", line = ""] = stdout.split("\n");
  const { event } = parseLine(line);
  const where = event?.event === "epoch" ? `, epoch ${event.epoch} done` : "";
  const isRunning = parsedOr(processStateSchema, state)?.Running ?? false;
  return { isRunning, line: isRunning ? `running${where}` : "ended, not fetched: scripts/runs fetch" };
}
