import { type FileHandle, open } from "node:fs/promises";
import type { Extract } from "tar-stream";
import { z } from "zod";
import { bytesPerName, type Room, takeBytes } from "./room.ts";
import { type Piece, readSparseMap } from "./sparseMap.ts";

/** A file, a folder or something else of an archive. */
export type Entry = Extract extends AsyncIterable<infer One> ? One : never;

const sparseSchema = z.object({
  "GNU.sparse.major": z.literal("1"),
  "GNU.sparse.name": z.string(),
  "GNU.sparse.realsize": z.string().regex(/^\d{1,16}$/),
});

/** A sparse file's own name and size, as GNU tar has them beside those of what it packed. */
export function sparseOf({ header }: Entry): { name: string; sizeBytes: number } | undefined {
  const { data } = sparseSchema.safeParse(header.pax);
  return data && { name: data["GNU.sparse.name"], sizeBytes: Number(data["GNU.sparse.realsize"]) };
}

/** Writes a file of an archive, which is not there yet; holes stay holes. */
export async function writeContent(entry: Entry, path: string, room: Room): Promise<void> {
  const { mode, size } = entry.header;
  const sparse = sparseOf(entry);
  const isExecutable = (mode & 0o100) !== 0;
  const file = await open(path, "wx", isExecutable ? 0o755 : 0o644);
  try {
    const whole: Piece[] = [{ startByte: 0, sizeBytes: size }];
    if (sparse) await file.truncate(sparse.sizeBytes);
    const content = buffers(entry);
    const { pieces, rest } = sparse ? await readSparseMap(content) : { pieces: whole, rest: Buffer.alloc(0) };
    takeBytes(room, bytesPerName);
    await writePieces(file, pieces, chunks(rest, content), room);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* buffers(entry: Entry): AsyncGenerator<Buffer> {
  for await (const chunk of entry) if (Buffer.isBuffer(chunk)) yield chunk;
}

async function* chunks(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
}

async function writePieces(
  file: FileHandle,
  pieces: Piece[],
  content: AsyncIterable<Buffer>,
  room: Room,
): Promise<void> {
  const left = pieces.filter(({ sizeBytes }) => sizeBytes > 0);
  for await (let chunk of content) {
    takeBytes(room, chunk.length);
    while (chunk.length > 0) {
      const piece = left[0];
      if (piece === undefined) throw new Error("results: expected no more of a file than its size, got more");
      const part = chunk.subarray(0, piece.sizeBytes);
      await writeAt(file, part, piece.startByte);
      piece.startByte += part.length;
      piece.sizeBytes -= part.length;
      if (piece.sizeBytes === 0) left.shift();
      chunk = chunk.subarray(part.length);
    }
  }
}

async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
