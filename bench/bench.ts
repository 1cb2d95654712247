import { loadavg } from "node:os";
import { runCommand } from "../scripts/runCommand.ts";
import { type BenchArguments, benchCommand } from "./benchCommand.ts";
import { type BenchLab, benchLab, endBenchLab } from "./benchLab.ts";
import { Times } from "./figures.ts";
import { figuresTables } from "./figuresTable.ts";
import { oneSeries } from "./oneSeries.ts";
import { stopOnSignals } from "./stopOnSignals.ts";

const started = Date.now();
const say = (line: string) => console.error(`[${Math.round((Date.now() - started) / 1000)} s] ${line}`);

async function run(typed: BenchArguments): Promise<void> {
  const times = new Times();
  const { signal, done } = stopOnSignals(say);
  try {
    const lab = await benchLab({ ...typed.lab, say }, Math.max(...typed.nodes), signal);
    await allSeries(typed, lab, times);
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    print(times, typed.json);
    await endBenchLab({ ...typed.lab, say });
    done();
  }
}

async function allSeries(typed: BenchArguments, lab: BenchLab, times: Times): Promise<void> {
  for (const latencyMs of typed.latencyMs) {
    for (const count of typed.nodes) {
      const load = loadavg()[0]?.toFixed(1);
      say(`${count} nodes, ${latencyMs} ms; load of this computer before: ${load}`);
      await oneSeries({ ...typed, lab, count, latencyMs, times, say });
    }
  }
}

/** Of a series that was stopped, what there is. */
function print(times: Times, asJson = false): void {
  const figures = times.figures();
  const tables = figuresTables(figures);
  if (asJson) console.log(JSON.stringify(figures, null, 2));
  if (tables !== "") (asJson ? console.error : console.log)(`\n${tables}\n`);
}

await runCommand(benchCommand(run));
