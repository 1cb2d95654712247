import { type BenchCase, cases, type Figure, type MeasuredFigure } from "./figures.ts";

const reference = "pyinfra";
/** What the reference does for a case of another name: looking is what it does when applied again. */
const referenceCase: Partial<Record<BenchCase, BenchCase>> = { upNothingToChange: "nothingToChange" };

/**
 * Figures as Markdown that a terminal shows as well, a table for each case: a row for each latency and number of nodes, a
 * column for each tool, with the median, how many times pyinfra's that is, and least and most. Reasons of missing figures follow.
 */
export function figuresTables(figures: readonly Figure[]): string {
  return cases
    .filter((one) => figures.some((figure) => figure.case === one && isMeasured(figure)))
    .map((one) => caseTable(one, figures))
    .concat(reasons(figures))
    .filter((text) => text !== "")
    .join("\n\n");
}

function caseTable(title: BenchCase, all: readonly Figure[]): string {
  const figures = all.filter(isMeasured).filter((figure) => figure.case === title);
  const tools = [...new Set(figures.map(({ tool }) => tool))];
  const rows = placesOf(figures).map(({ nodes, latencyMs }) => {
    const here = all.filter(isMeasured).filter((one) => one.nodes === nodes && one.latencyMs === latencyMs);
    const compared = here.find(
      (one) => one.tool === reference && one.case === (referenceCase[title] ?? title),
    );
    const own = (tool: string) => here.find((one) => one.tool === tool && one.case === title);
    return [`${nodes}`, `${latencyMs} ms`, ...tools.map((tool) => cell(own(tool), compared))];
  });
  return `### ${title}\n\n${markdownTable([["nodes", "latency", ...tools], ...rows])}`;
}

function placesOf(figures: readonly MeasuredFigure[]): { nodes: number; latencyMs: number }[] {
  const places = new Map(
    figures.map(({ nodes, latencyMs }) => [`${nodes} ${latencyMs}`, { nodes, latencyMs }]),
  );
  return [...places.values()].sort((a, b) => a.latencyMs - b.latencyMs || a.nodes - b.nodes);
}

function cell(figure: MeasuredFigure | undefined, compared: MeasuredFigure | undefined): string {
  if (figure === undefined) return "–";
  const { medianSeconds, minSeconds, maxSeconds } = figure;
  const isReference = compared === undefined || compared === figure;
  const ratio = isReference ? "" : ` = ${(medianSeconds / compared.medianSeconds).toFixed(2)}×`;
  return `${secondsText(medianSeconds)} s${ratio} (${secondsText(minSeconds)}–${secondsText(maxSeconds)})`;
}

function secondsText(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** One line for each tool and reason. */
function reasons(figures: readonly Figure[]): string {
  const grouped = new Map<string, Set<BenchCase>>();
  for (const figure of figures) {
    if (!("reason" in figure)) continue;
    const key = JSON.stringify([figure.tool, figure.reason]);
    grouped.set(key, (grouped.get(key) ?? new Set()).add(figure.case));
  }
  const lines = [...grouped].map(([key, without]) => {
    const [tool, reason]: string[] = JSON.parse(key);
    return `- ${tool}, ${[...without].join(", ")}: ${reason}`;
  });
  return lines.length === 0 ? "" : `Not timed:\n\n${lines.join("\n")}`;
}

function isMeasured(figure: Figure): figure is MeasuredFigure {
  return figure.medianSeconds !== null;
}

function markdownTable([heading = [], ...rows]: string[][]): string {
  const widths = heading.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? "")].map((text) => text.length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [heading, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}
