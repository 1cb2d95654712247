import type { ManifestFile } from "./manifest.ts";

/** A part of a file, small enough to be sent again when the connection is cut: `SHA256.INDEX` on its way. */
export interface Piece {
  name: string;
  /** Path of the file on the controller, relative to the folder. */
  path: string;
  startByte: number;
  sizeBytes: number;
}

/** What a node says before it is sent something. */
export interface Needs {
  /** Content that it lacks, by SHA-256. */
  lacking: ReadonlySet<string>;
  /** Pieces that lie there already → bytes. */
  arrived: ReadonlyMap<string, number>;
  /** Bytes that its disk has free. */
  freeBytes: number;
}

/** Size of a piece in bytes; the prelude's `folders.sh` has the same. */
export const pieceBytes = 64 * 1024 * 1024;

/** The pieces that are still to be sent, each content once. */
export function piecesToSend(files: readonly ManifestFile[], { lacking, arrived }: Needs): Piece[] {
  const lacked = new Map(
    files.filter((file) => lacking.has(file.sha256)).map((file) => [file.sha256, file] as const),
  );
  return [...lacked.values()]
    .flatMap(piecesOf)
    .filter(({ name, sizeBytes }) => arrived.get(name) !== sizeBytes);
}

/** An empty file is one piece of no bytes. */
function piecesOf({ sha256, path, sizeBytes }: ManifestFile): Piece[] {
  const count = Math.max(1, Math.ceil(sizeBytes / pieceBytes));
  return Array.from({ length: count }, (_, index) => ({
    name: `${sha256}.${index}`,
    path,
    startByte: index * pieceBytes,
    sizeBytes: Math.min(pieceBytes, sizeBytes - index * pieceBytes),
  }));
}

/** Bytes that a node's disk must have: what is to come, and each further copy of content that has several places. */
export function bytesNeeded(files: readonly ManifestFile[], needs: Needs): number {
  const lacked = files.filter(({ sha256 }) => needs.lacking.has(sha256));
  const arrived = [...needs.arrived.values()].reduce((sum, size) => sum + size, 0);
  return Math.max(0, lacked.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - arrived);
}
