import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  readSeeds,
  type SeedDone,
  type SeedsArgs,
  seedsToDo,
  trySeeds,
} from "../../../scripts/testRuns/seedsDone.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const line = (seed: number, version: string, ok = true): SeedDone => ({
  ...{ kind: "runs", seed, version, ok, seconds: 1, date: "2026-11-28T00:00:00.000Z" },
});

describe("seedsToDo", () => {
  test("a version has seeds of its own, the same each time", () => {
    expect(seedsToDo([], "one", 3)).toEqual(seedsToDo([], "one", 3));
    expect(new Set([...seedsToDo([], "one", 3), ...seedsToDo([], "two", 3)]).size).toBe(6);
  });

  test("those that are green on this version are left out, those of another version are not", () => {
    const [first = 0, second = 0, third = 0] = seedsToDo([], "one", 3);
    expect(seedsToDo([line(first, "one"), line(second, "two")], "one", 3)).toEqual([second, third]);
  });

  test("a seed that has ever failed comes first, until it is green on this version", () => {
    const failed = line(7, "old", false);
    expect(seedsToDo([failed], "new", 3)).toEqual([7, ...seedsToDo([], "new", 2)]);
    expect(seedsToDo([failed, line(7, "new", false)], "new", 3)[0]).toBe(7);
    expect(seedsToDo([failed, line(7, "new", false), line(7, "new")], "new", 3)).toEqual(
      seedsToDo([], "new", 2),
    );
  });
});

describe("trySeeds", () => {
  const seeds = (change: Partial<SeedsArgs> = {}) => {
    const file = join(temporaryFolder(), "seeds.jsonl");
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const args = { kind: "runs" as const, version: "one", wanted: 3, file, say, try: async () => ({}) };
    return { file, said, go: () => trySeeds({ ...args, ...change }) };
  };
  const triedIn = (file: string) => readSeeds(file).map(({ seed }) => seed);

  test("tries until as many as wanted are green, and then none", async () => {
    const { go, file, said } = seeds({ try: async () => ({ peakMegabytes: 100 }) });
    expect(await go()).toEqual([]);
    expect(await go()).toEqual([]);
    expect(triedIn(file)).toEqual(seedsToDo([], "one", 3));
    expect(readSeeds(file)[0]).toMatchObject({ kind: "runs", version: "one", ok: true, peakMegabytes: 100 });
    expect(said.at(-1)).toBe("random runs: 3 of 3 are green on version one");
  });

  test("stops between two seeds when the minutes are over, and goes on where it stopped", async () => {
    let now = 0;
    const takesLong = async () => {
      now += 40_000;
      return {};
    };
    const { go, file } = seeds({ minutes: 1, now: () => now, try: takesLong });
    await go();
    expect(triedIn(file)).toHaveLength(2);
    await go();
    expect(triedIn(file)).toEqual(seedsToDo([], "one", 3));
  });

  test("gives what is broken or throws, writes it down, and goes on", async () => {
    const [first, second] = seedsToDo([], "one", 3);
    const { go, file } = seeds({
      try: async (seed) => {
        if (seed === first) throw new Error("no lab");
        return seed === second ? { broken: "what" } : {};
      },
    });
    expect(await go()).toEqual([
      { seed: first, broken: "Error: no lab" },
      { seed: second, broken: "what" },
    ]);
    expect(readSeeds(file).map(({ ok }) => ok)).toEqual([false, false, true]);
  });
});
