/** What may still be written or remembered of an archive. */
export interface Room {
  bytesLeft: number;
  /** Files, folders, links, and what is left out. */
  namesLeft: number;
  /** Characters of what is kept in memory to the end: links, and what is left out. */
  keptLeft: number;
  /** Where all of it lies. */
  onNode: string;
}

/** Results that would take more than they may. */
export class TooLarge extends Error {}

/** Files, folders and links of one run. */
export const mostNames = 1_000_000;

/** Each of them has a header in an archive, and here a name and a block. */
export const bytesPerName = 4096;

export function roomFor(
  mostBytes: number,
  names: number,
  onNode = "the run's folder on its node, output",
): Room {
  return { bytesLeft: mostBytes, namesLeft: names, keptLeft: 2 ** 26, onNode };
}

export function takeBytes(room: Room, bytes: number): void {
  room.bytesLeft -= bytes;
  if (room.bytesLeft < 0) throw new TooLarge("results: expected no more than was asked for first, got more");
}

/** @param kept characters that stay in memory */
export function takeNames(room: Room, names: number, kept = 0): void {
  room.namesLeft -= names;
  room.keptLeft -= kept;
  if (room.namesLeft >= 0 && room.keptLeft >= 0) return;
  throw new TooLarge(
    `results: expected files, folders and links that there is room for, at most ${mostNames}, got more; ` +
      `pack or remove some in ${room.onNode}, then scripts/runs fetch`,
  );
}
