import { z } from "zod";
import { figureSchema } from "./figures.ts";
import { figuresTables } from "./figuresTable.ts";

const figuresFile = z.array(figureSchema);
const [begin, end] = ["<!-- figures: made by npm run bench:tables -->", "<!-- end of figures -->"];

/** What `npm run bench -- --json` printed, kept in a file. */
export interface ResultFile {
  /** From docs/, as `results/bench-2026-11-25.json`. */
  path: string;
  text: string;
}

/**
 * The page with tables of all results between its two marks, the newest file's first.
 * @throws Error where the page lacks a mark, or a file is no list of figures
 */
export function withTables(page: string, files: readonly ResultFile[]): string {
  const [before, rest] = split(page, begin);
  const [, after] = split(rest, end);
  const newestFirst = [...files].sort((a, b) => b.path.localeCompare(a.path));
  const sections = newestFirst.map(sectionOf);
  const body = sections.length === 0 ? "No figures are committed yet." : sections.join("\n\n");
  return `${before}${begin}\n\n${body}\n\n${end}${after}`;
}

function sectionOf({ path, text }: ResultFile): string {
  const read = figuresFile.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`docs/${path}: expected figures, got:\n${z.prettifyError(read.error)}`);
  return `From [${path}](${path}):\n\n${figuresTables(read.data)}`;
}

function split(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`docs/performance.md: expected the line ${mark}, got none; put it back`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
