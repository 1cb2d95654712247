/** Bytes of a file that are kept; what lies between them is a hole. */
export interface Piece {
  startByte: number;
  sizeBytes: number;
}

const blockBytes = 512;
const mostPieces = 1_000_000;

/**
 * Reads which pieces of a sparse file follow, as GNU tar writes it in front of them (format 1.0): decimal numbers, a line each, filled
 * to whole blocks.
 *
 * @returns what was read too much, with the pieces
 */
export async function readSparseMap(
  content: AsyncIterator<Buffer>,
): Promise<{ pieces: Piece[]; rest: Buffer }> {
  let read = Buffer.alloc(0);
  let at = 0;
  const number = async (): Promise<number> => {
    let end = read.indexOf(0x0a, at);
    while (end < 0) {
      const next = await content.next();
      if (next.done || read.length - at > 32) throw damaged();
      read = Buffer.concat([read.subarray(at), next.value]);
      consumed += at;
      at = 0;
      end = read.indexOf(0x0a);
    }
    const text = read.toString("latin1", at, end);
    at = end + 1;
    if (!/^\d{1,16}$/.test(text)) throw damaged();
    return Number(text);
  };
  let consumed = 0;
  const count = await number();
  if (count > mostPieces) throw damaged();
  const pieces: Piece[] = [];
  for (let index = 0; index < count; index++) {
    pieces.push({ startByte: await number(), sizeBytes: await number() });
  }
  const filling = (blockBytes - ((consumed + at) % blockBytes)) % blockBytes;
  while (read.length - at < filling) {
    const next = await content.next();
    if (next.done) throw damaged();
    read = Buffer.concat([read.subarray(at), next.value]);
    at = 0;
  }
  return { pieces, rest: read.subarray(at + filling) };
}

function damaged(): Error {
  return new Error("results: expected the map of a sparse file, got something else; fetch them again");
}
