import { type OpenNode, openNode } from "../../../provider/transport/openNode.ts";
import { expectMetadata } from "../../runs/expectMetadata.ts";
import { keepLoss } from "../../runs/keepLoss.ts";
import type { Run } from "../../runs/listRuns.ts";
import { atItsNode } from "../../runs/onNode/atItsNode.ts";
import { removeScript, stopScript } from "../../runs/onNode/endScripts.ts";
import { hasBegun, neverBegan } from "../../runs/onNode/hasBegun.ts";
import { parsedOr, processStateSchema } from "../../runs/onNode/processState.ts";
import { statusSeconds } from "../../runs/onNode/runId.ts";
import type { RemoteRuns, RunNow } from "../../runs/remoteRuns.ts";
import type { NotebookNode } from "../notebookOutputs.ts";
import { readNotebook } from "../readNotebook.ts";
import { finishRun } from "./finishRun.ts";
import { followNotebook } from "./followNotebook.ts";
import { type NodeRun, nodeRun } from "./nodeRun.ts";
import { type NotebookMetadata, notebookMetadataSchema } from "./notebookMetadata.ts";
import { outcomeSchema } from "./outcome.ts";
import { progress } from "./runEnd.ts";
import type { RunWorld } from "./runRemote.ts";
import { runShell, statusScript } from "./runShell.ts";

/** What a contact with a run's node works on. */
interface Contact {
  node: OpenNode;
  at: NodeRun;
  metadata: NotebookMetadata;
}

/** Runs of notebooks and scripts that go on at their node, as `scripts/runs` comes back to them. */
export function notebookRuns(root: string, world: RunWorld = { readNotebook }): RemoteRuns {
  const contact = async <Result>(run: Run, work: (contact: Contact) => Promise<Result>) => {
    const metadata = expectMetadata(notebookMetadataSchema, run);
    const { nodes } = await world.readNotebook(root, metadata.stack);
    const open = ({ name, connection }: NotebookNode) => openNode({ name, connection });
    return await atItsNode(metadata, { nodes, what: "run notebooks", open }, (node, id, { runsFolder }) =>
      work({ node, at: nodeRun(runsFolder, id, metadata.notebook.isNative), metadata }),
    );
  };
  return {
    status: (run) => contact(run, ({ node, at }) => statusOf(node, at)),
    logs: (run, { follow, print, signal }) =>
      contact(run, async ({ node, at }) => {
        if (follow) return await followNotebook(node, at, { print, signal });
        await node.run({ script: runShell(at).logs(), onLine: print });
      }),
    stop: (run) =>
      contact(
        run,
        async ({ node, at }) => void (await node.run({ script: stopScript(at.folder, runShell(at)) })),
      ),
    fetch: (run) =>
      contact(run, async ({ node, at, metadata }) => {
        const { isRunning } = await statusOf(node, at);
        if (isRunning) return metadata;
        if (await hasBegun(node, at.folder))
          return await finishRun(node, at, run.folder, metadata, { isLate: true });
        await node.run({ script: removeScript(at.runsFolder, at.id, runShell(at)) });
        return await keepLoss(run.folder, metadata, neverBegan(node.name));
      }),
  };
}

async function statusOf(node: OpenNode, at: NodeRun): Promise<RunNow> {
  const { stdout } = await node.run({ script: statusScript(at), timeoutSeconds: statusSeconds });
  const [first = "", second = ""] = stdout.split("\n");
  const isRunning = parsedOr(processStateSchema, first)?.Running ?? false;
  const outcome = parsedOr(outcomeSchema, second);
  const where = outcome === undefined ? "" : ` ${progress(outcome)}`;
  return { isRunning, line: isRunning ? `running${where}` : "ended, not fetched: scripts/runs fetch" };
}
