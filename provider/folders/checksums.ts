import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, fstatSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { folderCache, writeWhole } from "./cacheFolder.ts";
import { openInside } from "./insideFile.ts";

const known = z.record(z.string(), z.tuple([z.string(), z.string()]));
type Known = z.infer<typeof known>;

const blockBytes = 4 * 1024 * 1024;
/** A file that changed this shortly ago may change again without its time telling: its checksum is not kept. */
const freshMilliseconds = 2000n;

/**
 * SHA-256 of a folder's files, taken anew only for those whose size, times or inode differ from when it was last taken:
 * the second look at many gigabytes reads none of them.
 */
export class Checksums {
  private readonly folder: string;
  private readonly file: string;
  private readonly before: Known;
  private readonly now: Known = {};

  /** @param folder absolute */
  constructor(folder: string) {
    this.folder = folder;
    const name = createHash("sha256").update(folder).digest("hex");
    this.file = join(folderCache(), "checksums", `${name}.json`);
    this.before = readKnown(this.file);
  }

  /** @param path relative to the folder */
  of(path: string): { stat: BigIntStats; sha256: string } {
    const descriptor = openInside(this.folder, path);
    try {
      const stat = fstatSync(descriptor, { bigint: true });
      const look = [stat.size, stat.mtimeNs, stat.ctimeNs, stat.ino].join(" ");
      const [seen, digest] = this.before[path] ?? [];
      const sha256 = seen === look && digest !== undefined ? digest : checksumOf(descriptor);
      const isFresh = BigInt(Date.now()) - stat.ctimeMs < freshMilliseconds;
      if (!isFresh) this.now[path] = [look, sha256];
      return { stat, sha256 };
    } finally {
      closeSync(descriptor);
    }
  }

  /** Keeps what was taken for the next look. */
  keep(): void {
    if (JSON.stringify(this.before) !== JSON.stringify(this.now))
      writeWhole(this.file, JSON.stringify(this.now));
  }
}

/** A cache that cannot be read is as good as none. */
function readKnown(file: string): Known {
  try {
    return known.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

function checksumOf(descriptor: number): string {
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(blockBytes);
  for (let count = -1; count !== 0; ) {
    count = readSync(descriptor, block);
    hash.update(block.subarray(0, count));
  }
  return hash.digest("hex");
}
