import { Transform, type TransformCallback } from "node:stream";
import { lineSplitter } from "../../../provider/transport/lineSplitter.ts";
import { RunLog } from "./runLog.ts";

/** Takes all that a run has printed, gives what a person sees of it, and knows what it told. */
export class KeptLog extends Transform {
  readonly log = new RunLog((line) => this.push(`${line}\n`));
  private readonly split = lineSplitter((line) => this.log.take(line));

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.split(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.split(Buffer.from("\n")); // the last line may lack its own
    done();
  }
}
