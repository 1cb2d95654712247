import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";

/**
 * Unpacks an archive that came from a node into a folder. Files and folders alone, below that folder: what else a run may
 * have left (links, devices, paths that lead away) is left out.
 *
 * @returns what was left out
 */
export async function unpackResults(archive: string, folder: string): Promise<string[]> {
  const leftOut: string[] = [];
  const unpacking = extract();
  const feeding = pipeline(createReadStream(archive), createGunzip(), unpacking);
  feeding.catch((error: Error) => unpacking.destroy(error));
  for await (const entry of unpacking) {
    if (!(await unpackOne(entry.header, entry, folder))) leftOut.push(entry.header.name);
    entry.resume();
  }
  await feeding;
  return leftOut;
}

async function unpackOne(
  { name, type, mode }: Header,
  content: AsyncIterable<unknown>,
  folder: string,
): Promise<boolean> {
  const path = normalize(name);
  if (path.startsWith("..") || path.startsWith("/")) return false;
  const target = join(folder, path);
  if (type === "directory") await mkdir(target, { recursive: true });
  else if (type === "file") {
    await mkdir(dirname(target), { recursive: true });
    const isExecutable = ((mode ?? 0) & 0o100) !== 0;
    await pipeline(content, createWriteStream(target, { mode: isExecutable ? 0o755 : 0o644, flush: true }));
  } else return false;
  return true;
}
