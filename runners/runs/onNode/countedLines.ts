import { Writable } from "node:stream";
import { lineSplitter } from "../../../provider/transport/lineSplitter.ts";

/** Takes the lines of a log file and counts them: where to go on after a lost connection. */
export class CountedLines extends Writable {
  private count: number;
  private readonly print: (line: string) => void;
  private readonly split = lineSplitter((line) => {
    this.count++;
    this.print(line);
  });

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
    this.split(chunk);
    done();
  }
}
