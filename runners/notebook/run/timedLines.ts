import { Writable } from "node:stream";
import { lineSplitter } from "../../../provider/transport/lineSplitter.ts";
import { withoutInnerTimes } from "./innerTimes.ts";

/** Takes `docker logs --timestamps`, gives each line once without its time, and knows the time of the last. */
export class TimedLines extends Writable {
  /** Time of the last line, as Docker wrote it; where to go on after a lost connection. */
  since: string | undefined;
  private readonly print: (line: string) => void;
  private readonly inner = withoutInnerTimes();
  private readonly split = lineSplitter((line) => this.take(line));

  constructor(print: (line: string) => void) {
    super();
    this.print = print;
  }

  /** The same for the next connection: a stream ends with its own. */
  again(): TimedLines {
    const next = new TimedLines(this.print);
    next.since = this.since;
    return next;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.split(this.inner(chunk));
    done();
  }

  private take(line: string): void {
    const [, time = "", text = ""] = /^(\d{4}-\S+Z) (.*)$/s.exec(line) ?? [];
    const isKnown = this.since !== undefined && time <= this.since; // Docker's --since takes that moment's own lines again
    if (time === "") this.print(line);
    else if (!isKnown) {
      this.since = time;
      this.print(text);
    }
  }
}
