import { utcMinute } from "../../runs/utcMinute.ts";
import type { NotebookMetadata } from "./notebookMetadata.ts";
import type { RunPlan } from "./planRun.ts";
import { bytesText } from "./quantities.ts";

/** What runs where. */
export function startLine({ file, node, metadata }: RunPlan): string {
  return `${file} on ${node.name}, as run ${metadata.run}`;
}

/** How a run ended that finished, and what it took beyond itself. */
export function endLines(
  { seconds = 0, notebook, bound, peakMemoryBytes, environment }: NotebookMetadata,
  folder: string,
): string[] {
  const own = notebook.seconds ?? 0;
  const memory = peakMemoryBytes === undefined ? "" : `, at most ${bytesText(peakMemoryBytes)} of memory`;
  const wire =
    bound === undefined
      ? []
      : [
          `over the wire: ${bytesText(bound.wireBytes)} for ${bytesText(bound.missingLayerBytes)} of missing layers`,
        ];
  const { baseImage, insteadOf } = environment;
  const base =
    insteadOf === undefined
      ? []
      : [`made of ${baseImage}, in place of ${insteadOf}: docker pull ${insteadOf}, then run again`];
  return [
    ...base,
    ...wire,
    `finished in ${seconds.toFixed(1)} s, ${own.toFixed(1)} s of them its own${memory}`,
    `results in ${folder}`,
  ];
}

/** The same work is there already. */
export function foundLine(name: string, { startedAt, finishedAt = startedAt }: NotebookMetadata): string {
  return `found results/${name} of ${utcMinute(finishedAt)}: the same code, environment, data and parameters; --force runs again`;
}
