import { stringifyExact } from "../../runners/runs/exactNumbers.ts";
import type { BrokenRun } from "../../runners/runs/listRuns.ts";
import { utcMinute } from "../../runners/runs/utcMinute.ts";
import { textTable } from "../textTable.ts";
import { type RunState, stateText } from "./runState.ts";

/** One row per run; of what is none a row that says so. */
export function runTable(states: RunState[], broken: BrokenRun[] = []): string {
  const rows = states.map((state) => {
    const { name, metadata } = state.run;
    return [
      name,
      metadata.runner,
      stateText(state),
      nodeNames(state),
      utcMinute(metadata.startedAt),
      metadata.seconds?.toFixed(1) ?? "-",
    ];
  });
  return textTable([
    ["RUN", "RUNNER", "STATUS", "NODE", "STARTED", "SECONDS"],
    ...rows,
    ...broken.map(({ name }) => [name, "-", "no run: see below", "-", "-", "-"]),
  ]);
}

/** All that a person may want to know of one run. */
export function runDetails(state: RunState): string {
  const { name, folder, metadata } = state.run;
  const { commit, exit, parameters, seconds, lastLines = [] } = metadata;
  const given = Object.entries(parameters).map(([key, value]) => `${key}=${stringifyExact(value)}`);
  const rows = [
    ["run", `${name}, by ${metadata.runner}`],
    ["status", stateText(state)],
    ["reason", exit && metadata.status !== "finished" ? exit.reason : ""],
    ["nodes", nodeNames(state)],
    ["started", utcMinute(metadata.startedAt)],
    ["seconds", seconds?.toFixed(1) ?? ""],
    ["parameters", given.join(" ")],
    ["commit", commit ? `${commit.hash}${commit.isDirty ? ", with changes" : ""}` : ""],
    ["key", metadata.key],
    ["folder", folder],
  ];
  const table = textTable(rows.filter(([, value]) => value !== ""));
  return [table, ...(lastLines.length > 0 ? ["", "It printed last:", ...lastLines] : [])].join("\n");
}

function nodeNames({ run }: RunState): string {
  return run.metadata.nodes.map(({ name }) => name).join(", ");
}
