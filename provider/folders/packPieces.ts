import { createReadStream } from "node:fs";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Pack, pack } from "tar-stream";
import { openInside } from "./insideFile.ts";
import type { Piece } from "./pieces.ts";

/**
 * Pieces of a folder's files as one tar stream, read while it is sent: memory holds a few blocks at a time.
 * What a link leads out of the folder to is not read; a file that shrank since it was looked at ends the stream with an error.
 */
export function packPieces(folder: string, pieces: readonly Piece[]): Readable {
  const tar = pack();
  const stream = new PassThrough();
  pipeline(tar, stream).catch((error: unknown) => stream.destroy(asError(error)));
  fill(tar, folder, pieces).then(
    () => tar.finalize(),
    (error: unknown) => stream.destroy(asError(error)),
  );
  return stream;
}

async function fill(tar: Pack, folder: string, pieces: readonly Piece[]): Promise<void> {
  for (const { name, path, startByte, sizeBytes } of pieces) {
    const header = { name, size: sizeBytes, mode: 0o600 };
    if (sizeBytes === 0) tar.entry(header, "");
    else {
      const range = { fd: openInside(folder, path), start: startByte, end: startByte + sizeBytes - 1 };
      await pipeline(createReadStream("", range), tar.entry(header));
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
