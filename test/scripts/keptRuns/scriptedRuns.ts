import { join } from "node:path";
import type { Run } from "../../../runners/runs/listRuns.ts";
import type { RemoteRuns } from "../../../runners/runs/remoteRuns.ts";
import { claimRun, keepMetadata } from "../../../runners/runs/runFolder.ts";
import type { RunMetadata } from "../../../runners/runs/runMetadata.ts";
import type { KeptRuns } from "../../../scripts/keptRuns/keptRuns.ts";
import { finishedMetadata } from "../../runners/runs/sampleRun.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A `results/` of a test's own with runs in it, and nodes that answer as told; what was asked of them is in `asked`. */
export async function scriptedRuns(runs: RunMetadata[], answers: Partial<RemoteRuns> = {}) {
  const results = join(temporaryFolder(), "results");
  for (const metadata of runs) await keepMetadata(await claimRun(results, metadata), metadata);
  const lines: string[] = [];
  const asked: string[] = [];
  const note = (what: string, { name }: Run) => void asked.push(`${what} ${name}`);
  const remote: RemoteRuns = {
    async status(run) {
      note("status", run);
      return (await answers.status?.(run)) ?? { isRunning: true, line: "running, cell 3 of 10, 12 s" };
    },
    async logs(run, options) {
      note("logs", run);
      await answers.logs?.(run, options);
    },
    async stop(run) {
      note("stop", run);
      await answers.stop?.(run);
    },
    async fetch(run) {
      note("fetch", run);
      return (await answers.fetch?.(run)) ?? finishedMetadata({ run: run.name });
    },
  };
  const print = (line: string) => void lines.push(line);
  const warn = (line: string) => void lines.push(`warning: ${line}`);
  const kept: KeptRuns = { results, remoteRunsOf: () => remote, print, warn };
  return { kept, results, lines, asked };
}
