import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { root } from "../lab/labStack.ts";

/** What random tests are of. */
export type SeededKind = "runs" | "nodes";

const seedDone = z.object({
  kind: z.enum(["runs", "nodes"]),
  seed: z.number(),
  /** Of the code, as `codeVersion` has it. */
  version: z.string(),
  ok: z.boolean(),
  seconds: z.number(),
  date: z.string(),
  /** Most memory that the controller had so far, where that is measured. */
  peakMegabytes: z.number().optional(),
});
/** One seed that was tried. */
export type SeedDone = z.infer<typeof seedDone>;

/** What came of one seed: what does not hold, if anything. */
export interface SeedResult {
  broken?: unknown;
  peakMegabytes?: number;
}

export interface SeedsArgs {
  kind: SeededKind;
  version: string;
  try: (seed: number) => Promise<SeedResult>;
  /** How many are to be green on one version of the code. */
  wanted?: number;
  /** As `npm run test:long -- --minutes` has them unless given. */
  minutes?: number;
  say?: (line: string) => void;
  file?: string;
  now?: () => number;
}

/** Where the seeds of a kind are written down; committed. */
export function seedsFile(kind: SeededKind): string {
  return join(root, "docs", "results", `random-${kind}.jsonl`);
}

export function readSeeds(file: string): SeedDone[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => seedDone.parse(JSON.parse(line)));
}

/**
 * Seeds still to be tried on a version of the code until as many as wanted are green: those that have ever failed come first, the others
 * follow from the version, so that each version meets other ones.
 */
export function seedsToDo(done: SeedDone[], version: string, wanted: number): number[] {
  const green = greenSeeds(done, version);
  const failed = done.filter(({ ok }) => !ok).map(({ seed }) => seed);
  const own = Array.from({ length: wanted }, (_, at) => seedOf(version, at));
  const left = [...new Set([...failed, ...own])].filter((seed) => !green.has(seed));
  return left.slice(0, Math.max(0, wanted - green.size));
}

/** A seed that was tried more than once is what it was last. */
function greenSeeds(done: SeedDone[], version: string): Set<number> {
  const last = new Map(done.filter((one) => one.version === version).map(({ seed, ok }) => [seed, ok]));
  return new Set([...last].filter(([, ok]) => ok).map(([seed]) => seed));
}

function seedOf(version: string, at: number): number {
  return createHash("sha256").update(`${version} ${at}`).digest().readUInt32BE() >>> 1;
}

/**
 * Tries seeds until as many as wanted are green on this version or the minutes are over, and writes each down as it ends. Resolves with what
 * is broken.
 */
export async function trySeeds(args: SeedsArgs): Promise<unknown[]> {
  const { kind, version, wanted = 100 } = args;
  const { minutes = Number(process.env.MINIRACK_TEST_MINUTES ?? Number.POSITIVE_INFINITY) } = args;
  const { file = seedsFile(kind), say = console.log, now = Date.now } = args;
  const start = now();
  const broken: unknown[] = [];
  for (const seed of seedsToDo(readSeeds(file), version, wanted)) {
    if (now() - start >= minutes * 60_000) break;
    const began = now();
    const { broken: one, ...facts } = await args
      .try(seed)
      .catch((error): SeedResult => ({ broken: String(error) }));
    const seconds = Math.round((now() - began) / 100) / 10;
    const ok = one === undefined;
    append(file, { kind, seed, version, ok, seconds, date: new Date(now()).toISOString(), ...facts });
    say(`random ${kind}: seed ${seed}: ${ok ? "ok" : "BROKEN"} after ${seconds} s`);
    if (!ok) broken.push({ seed, broken: one });
  }
  const green = greenSeeds(readSeeds(file), version).size;
  say(`random ${kind}: ${green} of ${wanted} are green on version ${version}`);
  return broken;
}

function append(file: string, one: SeedDone): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(one)}\n`);
}
