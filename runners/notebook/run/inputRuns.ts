import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { folderManifest } from "../../../provider/folders/folderManifest.ts";
import { packPieces } from "../../../provider/folders/packPieces.ts";

/** Earlier runs that a run reads. */
export interface InputRuns {
  /** Run → digest of its folder. */
  digests: Record<string, string>;
  /** A gzipped tar of their folders; undefined where there are none. */
  archive: (() => Readable) | undefined;
}

const rules = { ignoreFiles: [], ignore: [], mode: () => "0444" };

/**
 * Looks at the folders of earlier runs.
 *
 * @throws Error with the runs that are not in `results/`
 */
export function inputRuns(results: string, runs: string[]): InputRuns {
  const missing = runs.filter((run) => !existsSync(join(results, run, "metadata.json")));
  if (missing.length > 0) {
    throw new Error(
      `--results: expected runs that are in ${results}, got ${missing.join(", ")}; scripts/runs lists them`,
    );
  }
  const manifests = runs.map((run) => ({ run, ...folderManifest(join(results, run), rules) }));
  const pieces = manifests.flatMap(({ run, files }) =>
    files.map(({ path, sizeBytes }) => {
      const name = `${run}/${path}`;
      return { name, path: name, startByte: 0, sizeBytes };
    }),
  );
  return {
    digests: Object.fromEntries(manifests.map(({ run, digest }) => [run, digest])),
    archive: runs.length === 0 ? undefined : () => packPieces(results, pieces).pipe(createGzip({ level: 1 })),
  };
}
