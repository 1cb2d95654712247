import { Writable } from "node:stream";

/** Takes `docker logs --timestamps`, gives each line once without its time, and knows the time of the last. */
export class TimedLines extends Writable {
  /** Time of the last line, as Docker wrote it; where to go on after a lost connection. */
  since: string | undefined;
  private rest = "";
  private readonly print: (line: string) => void;

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
    const lines = (this.rest + chunk.toString("utf8")).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.take(line);
    done();
  }

  private take(line: string): void {
    const [, time = "", text = ""] = /^(\d{4}-\S+Z) (.*)$/s.exec(line) ?? [];
    const isKnown = this.since !== undefined && time <= this.since; // Docker's --since takes that moment's own lines again
    if (time === "") this.print(line);
    else if (!isKnown) {
      this.since = time;
      this.print(text.replace(/\r$/, ""));
    }
  }
}
