import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { metadataSchema, metricsSchema, type RunRecord } from "./runRecord.ts";

/** The finished run of this name and key, or undefined where there is none. */
export async function findFinished(
  results: string,
  run: string,
  key: string,
): Promise<RunRecord | undefined> {
  const folder = join(results, run);
  const metadata = metadataSchema.safeParse(await readJson(join(folder, "metadata.json")));
  if (!metadata.success || metadata.data.key !== key || metadata.data.status !== "finished") return undefined;
  const metrics = metricsSchema.safeParse(await readJson(join(folder, "metrics.json")));
  return metrics.success ? { metadata: metadata.data, metrics: metrics.data } : undefined;
}

/**
 * Keeps a run: written beside, then renamed. A finished one is `results/RUN`, and an earlier one of that name is kept
 * under its own time; any other gets a name with its status and time, and touches nothing.
 *
 * @returns the run's folder
 */
export async function writeResults(results: string, record: RunRecord): Promise<string> {
  const { run, status, finishedAt } = record.metadata;
  await mkdir(results, { recursive: true });
  const draft = await mkdtemp(join(results, ".draft-"));
  await writeJson(join(draft, "metrics.json"), record.metrics);
  await writeJson(join(draft, "metadata.json"), record.metadata);
  const folder = join(results, status === "finished" ? run : `${run}-${status}-${stamp(finishedAt)}`);
  if (existsSync(folder)) await rename(folder, `${folder}-until-${stamp(finishedAt)}`);
  await rename(draft, folder);
  return folder;
}

/** A time as part of a file's name: no colons. */
function stamp(time: string): string {
  return time.replaceAll(/[-:]/g, "");
}

async function writeJson(path: string, value: unknown): Promise<void> {
  const file = await open(path, "wx");
  await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
  await file.sync();
  await file.close();
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    // Not there, or cut short by a full disk: either way not a finished run.
    return undefined;
  }
}
