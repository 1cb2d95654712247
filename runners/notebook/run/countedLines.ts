import { Writable } from "node:stream";

/** Takes the lines of a log file and counts them: where to go on after a lost connection. */
export class CountedLines extends Writable {
  private count: number;
  private rest = "";
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void, since = "0") {
    super();
    this.print = print;
    this.count = Number(since);
  }

  get since(): string {
    return String(this.count);
  }

  /** The same for the next connection: a stream ends with its own. */
  again(): CountedLines {
    return new CountedLines(this.print, this.since);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const lines = (this.rest + chunk.toString("utf8")).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      this.count++;
      this.print(line);
    }
    done();
  }
}
