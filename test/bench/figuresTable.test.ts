import { expect, test } from "vitest";
import type { BenchCase, Figure } from "../../bench/figures.ts";
import { figuresTables } from "../../bench/figuresTable.ts";

function figure(tool: string, name: BenchCase, nodes: number, medianSeconds: number, latencyMs = 0): Figure {
  const spread = { minSeconds: medianSeconds / 2, maxSeconds: medianSeconds * 2 };
  return { tool, case: name, nodes, latencyMs, medianSeconds, ...spread, runs: 3 };
}

function missing(tool: string, name: BenchCase, reason: string): Figure {
  const none = { medianSeconds: null, minSeconds: null, maxSeconds: null, runs: 0 } as const;
  return { tool, case: name, nodes: 8, latencyMs: 0, ...none, reason };
}

test("a row is a latency and a number of nodes, in their order; each median is told as a share of pyinfra's", () => {
  const figures = [
    figure("minirack", "nothingToChange", 32, 4),
    figure("pyinfra", "nothingToChange", 32, 16),
    figure("minirack", "nothingToChange", 8, 1, 20),
    figure("minirack", "nothingToChange", 8, 1),
    figure("pyinfra", "nothingToChange", 8, 4),
  ];
  expect(figuresTables(figures)).toBe(`### nothingToChange

| nodes | latency | minirack                   | pyinfra            |
| ----- | ------- | -------------------------- | ------------------ |
| 8     | 0 ms    | 1.00 s = 0.25× (0.50–2.00) | 4.00 s (2.00–8.00) |
| 32    | 0 ms    | 4.00 s = 0.25× (2.00–8.00) | 16.0 s (8.00–32.0) |
| 8     | 20 ms   | 1.00 s (0.50–2.00)         | –                  |`);
});

test("up --refresh without a change is compared with what pyinfra does when it runs again", () => {
  const figures = [
    figure("minirack", "upNothingToChange", 8, 2),
    figure("pyinfra", "nothingToChange", 8, 4),
    figure("minirack", "nothingToChange", 8, 1),
  ];
  expect(figuresTables(figures)).toMatch(/### upNothingToChange\n.*\| 2\.00 s = 0\.50× \(1\.00–4\.00\) \|$/s);
});

test("what has no figure is told once with its reason, and has no column", () => {
  const figures = [
    figure("minirack", "teardown", 8, 2),
    missing("pyinfra", "teardown", "it does not know what was there before"),
    { ...missing("pyinfra", "teardown", "it does not know what was there before"), nodes: 2 },
    missing("pulumiCommand", "teardown", "skipped"),
    missing("pulumiCommand", "oneDrift", "skipped"),
  ];
  const text = figuresTables(figures);
  expect(text).toMatch(/^\| nodes \| latency \| minirack +\|$/m);
  expect(text.split("\n\n").slice(-2).join("\n\n")).toBe(`Not timed:

- pyinfra, teardown: it does not know what was there before
- pulumiCommand, teardown, oneDrift: skipped`);
});

test("no figures are no text", () => expect(figuresTables([])).toBe(""));
