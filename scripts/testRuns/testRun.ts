import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { root } from "../lab/labStack.ts";

const fileRun = z.object({
  /** Path of the test file. */
  file: z.string(),
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  seconds: z.number(),
});
export type FileRun = z.infer<typeof fileRun>;

const testRun = z.object({
  at: z.string(),
  seconds: z.number(),
  files: z.array(fileRun),
  /** Files that ran again later, as `npm run test:all -- --again` does it: `files` has their last run. */
  again: z.array(z.object({ at: z.string(), seconds: z.number(), files: z.array(z.string()) })).optional(),
});
/** What ran, how it ended and how long it took. */
export type TestRun = z.infer<typeof testRun>;

/** A run, with files of it that ran again. */
export function withAgain(run: TestRun, { at, seconds, files }: TestRun): TestRun {
  const names = files.map(({ file }) => file);
  const kept = run.files.filter(({ file }) => !names.includes(file));
  return { ...run, files: [...kept, ...files], again: [...(run.again ?? []), { at, seconds, files: names }] };
}

/** Of these test files, those that failed in a run, or did not run in it. */
export function notGreen(run: TestRun, files: string[]): string[] {
  const green = new Set(
    run.files.filter(({ passed, failed }) => passed > 0 && failed === 0).map(({ file }) => file),
  );
  return files.filter((file) => !green.has(file));
}

/** Which tests a run takes: those of `npm test`, or all. */
export const tiers = ["test", "all"] as const;
export type Tier = (typeof tiers)[number];

const lastTimes = z.partialRecord(z.enum(tiers), z.record(z.string(), fileRun));
/** Tier → test file → its last run, whatever else ran with it. */
export type LastTimes = z.infer<typeof lastTimes>;

const timesFile = join(root, ".minirack", "test", "times.json");

/** The last run of each test file in this clone. */
export function readTimes(): LastTimes {
  try {
    return lastTimes.parse(JSON.parse(readFileSync(timesFile, "utf8")));
  } catch {
    return {}; // none yet, or of another version
  }
}

/** Puts the files of a run in the place of their earlier runs. */
export function noteTimes(tier: Tier, { files }: TestRun): void {
  const times = readTimes();
  const latest = Object.fromEntries(files.map((one) => [one.file, one]));
  writeJson(timesFile, { ...times, [tier]: { ...times[tier], ...latest } });
}

/** Writes a run's result where it can be committed. */
export function writeResult(file: string, run: TestRun): void {
  writeJson(join(root, file), run);
}

export function readResult(file: string): TestRun {
  return testRun.parse(JSON.parse(readFileSync(join(root, file), "utf8")));
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
