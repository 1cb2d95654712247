import { notebookRuns } from "../../runners/notebook/run/remoteRuns.ts";
import type { Run } from "../../runners/runs/listRuns.ts";
import { preparingRuns } from "../../runners/runs/preparingRuns.ts";
import type { RemoteRuns } from "../../runners/runs/remoteRuns.ts";
import { trainingRuns } from "../../runners/training/launch/trainingRuns.ts";

/** Runner → the way back to its runs that go on at a node without us. */
export type WaysBack = Record<string, RemoteRuns>;

/** Those of a project. */
export function waysBack(root: string): WaysBack {
  const notebook = notebookRuns(root);
  return { notebook, python: notebook, training: trainingRuns(root) };
}

/**
 * The way back to a run.
 * @throws Error for a run on a node whose runner has no way back
 */
export function remoteRunsOf(run: Run, known: WaysBack): RemoteRuns {
  const { remote, runner } = run.metadata;
  if (remote === undefined) return preparingRuns;
  const found = known[runner];
  if (found !== undefined) return found;
  const names = Object.keys(known).join(", ") || "none so far";
  throw new Error(
    `run ${run.name}: expected a runner that leads back to its runs (${names}), got ${runner}; ` +
      `it is ${remote.id} on ${remote.node}: use the minirack that started it`,
  );
}
