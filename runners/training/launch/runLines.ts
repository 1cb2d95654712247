import { utcMinute } from "../../runs/utcMinute.ts";
import type { RunRecord } from "./runRecord.ts";
import type { Epoch, Start, TrainingEvent, Weights } from "./trainingEvent.ts";

const header = ["epoch", "loss", "accuracy", "samples/s", "in sync"];
const widths = [6, 9, 10, 11, 9];

/** What a person sees of an event: nothing of most. */
export function eventLines(event: TrainingEvent): string[] {
  if (event.event === "start") return [startLine(event), epochHeader()];
  if (event.event === "epoch") return [epochLine(event)];
  if (event.event === "weights") return [weightsLine(event)];
  return [];
}

/** The line under which the epochs stand. */
function epochHeader(): string {
  return columns(header);
}

/** One epoch: training loss, held-out accuracy, samples per second of all ranks, seconds in sync. */
export function epochLine(epoch: Epoch): string {
  const { loss, accuracy, samplesPerSecond, syncSeconds } = epoch;
  const rate = Math.round(samplesPerSecond).toLocaleString("en-US");
  return columns([
    String(epoch.epoch),
    loss.toFixed(4),
    `${(accuracy * 100).toFixed(2)} %`,
    rate,
    `${syncSeconds.toFixed(3)} s`,
  ]);
}

/** Who trains what, once all ranks have answered. */
function startLine({ domain, ranks, parameterCount }: Start): string {
  const samples = ranks.reduce((sum, rank) => sum + rank.samples, 0);
  return `training ${domain}: ${count(ranks.length, "rank")}, ${count(samples, "sample")}, ${count(parameterCount, "weight")}`;
}

/** Whether all ranks ended with the same bits. */
function weightsLine({ perRankSha256, identical }: Weights): string {
  const first = perRankSha256[0]?.slice(0, 12) ?? "";
  if (!identical) return `weights differ: ${perRankSha256.map((hash) => hash.slice(0, 12)).join(", ")}`;
  return `weights bit-identical on ${count(perRankSha256.length, "rank")} (sha256 ${first}…)`;
}

/** How a run ended: its last epoch and its weights. */
export function endLines({ metrics }: RunRecord): string[] {
  const last = metrics.epochs.at(-1);
  return [
    ...(last ? [epochHeader(), epochLine(last)] : []),
    ...(metrics.weights ? [weightsLine(metrics.weights)] : []),
  ];
}

/** A run that was there already: how it ended, and that nothing ran. */
export function foundLines(record: RunRecord): string[] {
  const { run, startedAt, finishedAt = startedAt } = record.metadata;
  return [
    ...endLines(record),
    `found results/${run} of ${utcMinute(finishedAt)}, nothing to run; --force runs again`,
  ];
}

function columns(cells: string[]): string {
  return cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("");
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
