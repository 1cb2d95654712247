import { eventLines } from "./runLines.ts";
import type { Metrics } from "./runRecord.ts";
import {
  epochSchema,
  parseLine,
  type Start,
  startSchema,
  type TrainingEvent,
  weightsSchema,
} from "./trainingEvent.ts";

const keptLines = 40;

/** mpiexec's own words at a bad end: kept for the record, not shown, because the run's last line says it better. */
const mpiWords =
  /^(=+$|= {2}|YOUR APPLICATION|This typically|Please see the FAQ|Abort\(\d+\) on node|\[(proxy|mpiexec))/;

/** What a run has told so far; each line is shown as it comes. */
export class RunLog {
  readonly metrics: Metrics = { epochs: [] };
  start: Start | undefined;
  /** The first rank that failed; the others are ended because of it. */
  error: { rank: number; node: string; reason: string } | undefined;
  /** Link address of a node that no longer answers. */
  lostAddress: string | undefined;
  isEnded = false;
  /** The last lines that are no events: MPI's and the program's own. */
  readonly lastLines: string[] = [];
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  /** Takes one line of the node's output. */
  take(line: string): void {
    const { text, event } = parseLine(line);
    if (text.trim() !== "") this.takeText(text);
    if (event) this.takeEvent(event);
  }

  private takeText(text: string): void {
    this.lastLines.push(text);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    if (!mpiWords.test(text)) this.print(text);
  }

  private takeEvent(event: TrainingEvent): void {
    if (event.event === "start") this.start = startSchema.parse(event);
    else if (event.event === "epoch") this.metrics.epochs.push(epochSchema.parse(event));
    else if (event.event === "weights") this.metrics.weights = weightsSchema.parse(event);
    else if (event.event === "error") this.error ??= event;
    else if (event.event === "lost") this.lostAddress ??= event.address;
    else this.isEnded = true;
    for (const line of eventLines(event)) this.print(line);
  }
}
