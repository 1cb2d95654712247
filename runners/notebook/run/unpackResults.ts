import { mkdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import type { LeftOut } from "../../runs/leftOut.ts";
import { makeLinks, outputName, type WantedLink } from "./resultLinks.ts";
import {
  bytesPerName,
  mostNames as mostNamesOfAll,
  type Room,
  roomFor,
  TooLarge,
  takeBytes,
  takeNames,
} from "./room.ts";
import { type Entry, sparseOf, writeContent } from "./writeContent.ts";

/** Paths that lead to the output on the node, and in its container: a link that has one in front leads into the output here too. */
const usualOutputs = ["/output"];

/** How an archive is unpacked. */
export interface Unpacking {
  /** Bytes that may be written; more is an error. */
  mostBytes?: number;
  /** Files, folders and links that may come; more is an error. */
  mostNames?: number;
  /** Absolute path of the run's output on its node. */
  outputOnNode?: string;
}

/**
 * Unpacks a gzipped tar that comes from a node into an empty folder: what is in its `output`, files, folders, and links that stay
 * within it. Nothing is ever written through a link: they are made last.
 *
 * @returns what could not come: pipes, devices, links that lead away, names that this system cannot have
 * @throws Error where the archive is damaged or there is no room
 */
export async function unpackResults(
  archive: Readable,
  folder: string,
  { mostBytes = Number.POSITIVE_INFINITY, mostNames = mostNamesOfAll, outputOnNode }: Unpacking = {},
): Promise<LeftOut[]> {
  const leftOut: LeftOut[] = [];
  const links: WantedLink[] = [];
  const room = roomFor(mostBytes, mostNames, outputOnNode);
  const unpacking = extract();
  const atMost = noMoreThan(mostBytes + mostNames * bytesPerName);
  const feeding = pipeline(archive, createGunzip(), atMost, unpacking);
  feeding.catch((error: Error) => unpacking.destroy(error));
  for await (const entry of unpacking) {
    const path = pathOf(entry);
    const why =
      path === undefined ? "its name leads elsewhere" : await unpackOne(entry, path, { folder, links, room });
    if (why !== undefined) leftOut.push({ path: keptName(path ?? entry.header.name, room), why });
    entry.resume();
  }
  await feeding;
  const outputs = outputOnNode === undefined ? usualOutputs : [...usualOutputs, outputOnNode];
  return [...leftOut, ...(await makeLinks(folder, links, outputs))];
}

/** What a node sends has an end, whatever is in it: headers without a file, or nothing but zeros, too. */
function noMoreThan(bytes: number): Transform {
  const room = roomFor(bytes, 0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        takeBytes(room, chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

/** No path on Linux is longer. */
const mostCharacters = 4096;

function keptName(name: string, room: Room): string {
  const kept = name.slice(0, mostCharacters);
  takeNames(room, 1, kept.length);
  return kept;
}

/** Where in the folder it belongs; undefined where that is not the output, or in it. */
function pathOf(entry: Entry): string | undefined {
  const path = normalize(sparseOf(entry)?.name ?? entry.header.name).replace(/\/$/, "");
  return path === outputName || path.startsWith(`${outputName}/`) ? path : undefined;
}

interface Place {
  folder: string;
  links: WantedLink[];
  room: Room;
}

/** @returns why it cannot come */
async function unpackOne(
  entry: Entry,
  path: string,
  { folder, links, room }: Place,
): Promise<string | undefined> {
  const { type, linkname } = entry.header;
  if (path.length > mostCharacters) return "its name is too long here";
  if (path.includes("\uFFFD")) return "its name is not UTF-8";
  if (path === outputName && type !== "directory") return "the output is no folder"; // a link might lead anywhere
  const target = join(folder, path);
  try {
    if (type === "directory") await makeFolders(target, room);
    else if (type === "file") {
      await makeFolders(dirname(target), room);
      takeNames(room, 1);
      await writeContent(entry, target, room);
    } else if (type === "symlink") {
      await makeFolders(dirname(target), room);
      return keepLink({ path, target: linkname ?? "" }, links, room);
    } else return kinds[type ?? ""] ?? "it is no file";
  } catch (error) {
    return whyNot(error);
  }
  return undefined;
}

/** One name of an archive may be that of a thousand folders. */
async function makeFolders(path: string, room: Room): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const made = path.split("/").length - first.split("/").length + 1;
  takeNames(room, made);
  takeBytes(room, made * bytesPerName);
}

/** Each is followed to see where it leads, and again when another does not stay. */
const mostLinks = 100_000;

function keepLink(link: WantedLink, links: WantedLink[], room: Room): string | undefined {
  if (links.length >= mostLinks) return `more than ${mostLinks} links do not come`;
  if (link.target.length > mostCharacters) return "it leads to a name that is too long here";
  takeNames(room, 1, link.path.length + link.target.length);
  takeBytes(room, bytesPerName);
  links.push(link);
  return undefined;
}

const kinds: Record<string, string> = {
  fifo: "a pipe",
  "character-device": "a device",
  "block-device": "a device",
};

/** What is wrong with one name or one size is that file's alone; a full disk, or a damaged archive, is not. */
const ofOneFile: Record<string, string> = {
  EEXIST: "another file has its name here",
  EISDIR: "a folder has its name here",
  ENOTDIR: "a file has its folder's name here",
  ENAMETOOLONG: "its name is too long here",
  EILSEQ: "its name cannot be here",
  EINVAL: "it cannot be here",
  EFBIG: "it is larger than a file can be here",
};

function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = error instanceof TooLarge ? undefined : ofOneFile[code];
  if (why === undefined) throw error;
  return why;
}
