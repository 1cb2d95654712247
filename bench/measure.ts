import type { BenchLab } from "./benchLab.ts";
import type { BenchTool } from "./benchTool.ts";
import { expectGone, expectTrue, injectDrift, resetNodes } from "./endState.ts";
import type { BenchCase, Times } from "./figures.ts";
import { messageOf, Unqualified } from "./unqualified.ts";

/** One series: the tools on the same nodes, over the same network. */
export interface Series {
  lab: BenchLab;
  latencyMs: number;
  tools: BenchTool[];
  cases: readonly BenchCase[];
  runs: number;
  times: Times;
  say(line: string): void;
}

type Round = (series: Series, tool: BenchTool) => Promise<void>;

/**
 * Times the cases round by round, each round with another tool first. Only a tool that reports an injected drift and reaches
 * the end state keeps its figures: the time of another would be that of something else.
 */
export async function measure(series: Series): Promise<void> {
  const has = (...some: BenchCase[]) => some.some((one) => series.cases.includes(one));
  noteLacks(series);
  const present = series.tools.filter(({ lacks }) => series.cases.some((one) => lacks[one] === undefined));
  let able = await each(series, present, qualify);
  if (has("firstApply", "teardown")) able = await inRounds(series, able, fromNothing);
  if (!has("nothingToChange", "upNothingToChange", "oneDrift")) return;
  await resetNodes(series.lab);
  able = await each(series, able, (_, tool) => tool.apply().then(() => expectTrue(series.lab)));
  await inRounds(series, able, steady);
}

function noteLacks({ tools, cases, lab, latencyMs, times }: Series): void {
  for (const { name, lacks } of tools) {
    for (const one of cases) {
      const reason = lacks[one];
      if (reason !== undefined)
        times.drop({ tool: name, case: one, nodes: lab.nodes.length, latencyMs }, reason);
    }
  }
}

/** Round by round; each begins with the tool after the one that began the last. Resolves with the tools that are left. */
async function inRounds(series: Series, tools: BenchTool[], round: Round): Promise<BenchTool[]> {
  let left = tools;
  for (let run = 0; run < series.runs; run++) {
    const first = left.length === 0 ? 0 : run % left.length;
    left = await each(series, [...left.slice(first), ...left.slice(0, first)], round);
    left = tools.filter((tool) => left.includes(tool));
  }
  return left;
}

/** A tool that fails loses its figures of this series; the others go on. Resolves with those. */
async function each(series: Series, tools: BenchTool[], round: Round): Promise<BenchTool[]> {
  const left: BenchTool[] = [];
  for (const tool of tools) {
    try {
      await round(series, tool);
      left.push(tool);
    } catch (error) {
      series.lab.signal.throwIfAborted();
      dropAll(series, tool, messageOf(error));
    }
  }
  return left;
}

function dropAll({ cases, lab, latencyMs, times, say }: Series, { name, lacks }: BenchTool, why: string) {
  say(`${name}: its figures are dropped: ${why}`);
  const nodes = lab.nodes.length;
  const [first = ""] = why.split("\n");
  for (const one of cases) {
    if (lacks[one] !== undefined) continue;
    times.drop(
      { tool: name, case: one, nodes, latencyMs },
      `nodes ${nodes}, latency ${latencyMs} ms: ${first}`,
    );
  }
}

async function qualify({ lab, say }: Series, tool: BenchTool): Promise<void> {
  say(`${tool.name}: does it reach the end state and report a drift?`);
  await resetNodes(lab);
  await tool.prepare(lab);
  await tool.apply();
  await expectTrue(lab);
  await injectDrift(lab);
  const look = tool.check ?? tool.apply;
  if (!tool.hasReportedDrift(await look())) throw new Unqualified("it did not report an injected drift");
  await tool.apply();
  await expectTrue(lab);
}

async function fromNothing(series: Series, tool: BenchTool): Promise<void> {
  await tool.forget();
  await resetNodes(series.lab);
  await timed(series, tool, "firstApply", tool.apply);
  await expectTrue(series.lab);
  if (tool.teardown === undefined || !series.cases.includes("teardown")) return;
  await timed(series, tool, "teardown", tool.teardown);
  await expectGone(series.lab);
}

async function steady(series: Series, tool: BenchTool): Promise<void> {
  const looked = await timed(series, tool, "nothingToChange", tool.check ?? tool.apply);
  if (tool.hasReportedDrift(looked)) throw new Unqualified("it reported a drift where there was none");
  if (tool.lacks.upNothingToChange === undefined) await timed(series, tool, "upNothingToChange", tool.apply);
  if (!series.cases.includes("oneDrift")) return;
  await injectDrift(series.lab);
  const repaired = await timed(series, tool, "oneDrift", tool.apply);
  if (!tool.hasReportedDrift(repaired))
    throw new Unqualified("it did not report the drift that it put right");
  await expectTrue(series.lab);
}

/** What belongs to a case that was not asked for runs all the same, without a figure: the next case builds on it. */
async function timed(
  { lab, latencyMs, times, say, cases }: Series,
  tool: BenchTool,
  name: BenchCase,
  work: () => Promise<string>,
): Promise<string> {
  const from = performance.now();
  const printed = await work();
  const seconds = (performance.now() - from) / 1000;
  if (!cases.includes(name)) return printed;
  say(`${lab.nodes.length} nodes, ${latencyMs} ms: ${tool.name} ${name} ${seconds.toFixed(2)} s`);
  times.add({ tool: tool.name, case: name, nodes: lab.nodes.length, latencyMs }, seconds);
  return printed;
}
