import { join } from "node:path";
import { plainText } from "../provider/transport/plainText.ts";
import { brokenError } from "../runners/runs/expectMetadata.ts";
import { findRun } from "../runners/runs/findRun.ts";
import { listBroken, listRuns } from "../runners/runs/listRuns.ts";
import { fetchRuns, stopRun } from "./keptRuns/endRuns.ts";
import type { KeptRuns } from "./keptRuns/keptRuns.ts";
import { remoteRunsOf, waysBack } from "./keptRuns/remoteRunsOf.ts";
import { type RunState, runState, stateJson } from "./keptRuns/runState.ts";
import { runsCommand } from "./keptRuns/runsCommand.ts";
import { runDetails, runTable } from "./keptRuns/runTable.ts";
import { showRunLog } from "./keptRuns/showRunLog.ts";
import { projectFolder } from "./project.ts";
import { runCommand } from "./runCommand.ts";

const root = projectFolder();
const ways = waysBack(root);
const kept: KeptRuns = {
  results: join(root, "results"),
  remoteRunsOf: (run) => remoteRunsOf(run, ways),
  print: (line) => console.log(plainText(line)),
  warn: (line) => console.error(plainText(line)),
};

/** A table is for people: beside JSON it goes to stderr. */
function show(json: boolean, text: string): void {
  (json ? kept.warn : kept.print)(text);
}

function warn(states: RunState[]): void {
  for (const { error } of states) {
    if (error === undefined) continue;
    kept.warn(error);
    process.exitCode = 1;
  }
}

async function list({ json = false }: { json?: boolean }): Promise<void> {
  const [runs, broken] = await Promise.all([listRuns(kept.results), listBroken(kept.results)]);
  const states = await Promise.all(runs.map((run) => runState(run, kept)));
  const text = states.length + broken.length === 0 ? "no run in results/" : runTable(states, broken);
  if (json) console.log(JSON.stringify(states.map(stateJson), null, 2));
  show(json, text);
  for (const { name, problem } of broken) kept.warn(brokenError(name, problem).message);
  warn(states);
}

async function status(name: string, { json = false }: { json?: boolean }): Promise<void> {
  const state = await runState(await findRun(kept.results, name), kept);
  if (json) console.log(JSON.stringify(stateJson(state), null, 2));
  show(json, runDetails(state));
  warn([state]);
}

async function logs(name: string, { follow = false }: { follow?: boolean }): Promise<void> {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stopped.abort());
  process.stdout.on("error", () => stopped.abort()); // `| head` has read enough
  await showRunLog(kept, name, { follow, print: kept.print, signal: stopped.signal }).catch(
    (error: unknown) => {
      if (!stopped.signal.aborted) throw error;
    },
  );
}

await runCommand(
  runsCommand({
    list,
    status,
    logs,
    stop: (name) => stopRun(kept, name),
    async fetch(name) {
      if (!(await fetchRuns(kept, name))) process.exitCode = 1;
    },
  }),
);
