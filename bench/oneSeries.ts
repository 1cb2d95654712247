import { type BenchLab, withNodes } from "./benchLab.ts";
import type { BenchTool } from "./benchTool.ts";
import type { BenchCase, Times } from "./figures.ts";
import { slowWay } from "./latency.ts";
import { measure } from "./measure.ts";
import { closeConnections, openFolders } from "./openSsh.ts";
import { type ToolName, tools } from "./tools/index.ts";
import { messageOf } from "./unqualified.ts";

/** The tools on that many nodes, over one latency. */
export interface SeriesArguments {
  lab: BenchLab;
  count: number;
  latencyMs: number;
  tools: readonly ToolName[];
  cases: readonly BenchCase[];
  runs: number;
  times: Times;
  say(line: string): void;
}

/** Times them; afterwards nothing of it is left but the figures. */
export async function oneSeries({ lab, count, tools: names, ...given }: SeriesArguments): Promise<void> {
  const way = await slowWay(lab.nodes.slice(0, count), given.latencyMs);
  const here = withNodes(lab, way.nodes);
  const chosen = names.map((name) => tools[name]());
  try {
    await openFolders(here);
    await measure({ ...given, lab: here, tools: chosen });
    for (const tool of chosen) await forget(tool, given.say);
  } finally {
    for (const tool of chosen) await tool.end?.();
    await closeConnections(here);
    await way.close();
  }
}

/** The nodes are reset before they are used again: what a tool could not take away spoils nothing. */
async function forget(tool: BenchTool, say: SeriesArguments["say"]): Promise<void> {
  await tool.forget().catch((error) => say(`${tool.name}: could not forget the nodes: ${messageOf(error)}`));
}
