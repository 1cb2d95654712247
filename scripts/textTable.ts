import { plainText } from "../provider/transport/plainText.ts";

/** Rows as lines of aligned columns; the first row is the heading. What a node says in a cell is text of one line, whatever it is. */
export function textTable(cells: string[][]): string {
  const rows = cells.map((row) => row.map((cell) => plainText(cell).replaceAll(/[\t\r\n]/g, " ")));
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
