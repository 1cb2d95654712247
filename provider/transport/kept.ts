import { Writable } from "node:stream";

/** Keeps what is written to it, to a limit: over it, writing fails. */
export class Kept extends Writable {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private readonly limitBytes: number;
  private readonly tooMuch: () => Error;

  constructor(limitBytes: number, tooMuch: () => Error) {
    super();
    this.limitBytes = limitBytes;
    this.tooMuch = tooMuch;
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString("utf8");
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.bytes += chunk.length;
    if (this.bytes <= this.limitBytes) this.chunks.push(chunk);
    done(this.bytes > this.limitBytes ? this.tooMuch() : undefined);
  }
}

/** Keeps the end of what is written to it, and shows all of it to `onChunk`. */
export class KeptEnd extends Writable {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private readonly limitBytes: number;
  private readonly onChunk: (chunk: Buffer) => void;

  constructor(limitBytes: number, onChunk: (chunk: Buffer) => void = () => {}) {
    super();
    this.limitBytes = limitBytes;
    this.onChunk = onChunk;
  }

  get text(): string {
    return Buffer.concat(this.chunks).subarray(-this.limitBytes).toString("utf8");
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.onChunk(chunk);
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    while (this.bytes - (this.chunks[0]?.length ?? 0) >= this.limitBytes)
      this.bytes -= this.chunks.shift()?.length ?? 0;
    done();
  }
}
