import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The same stream, which says how much of it was read. */
export function countedStream(from: Readable): { stream: Readable; bytes(): number } {
  let count = 0;
  const stream = new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      done(null, chunk);
    },
  });
  pipeline(from, stream).catch((error: Error) => stream.destroy(error));
  return { stream, bytes: () => count };
}
