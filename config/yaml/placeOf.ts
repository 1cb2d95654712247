/** Line and column of a place in a text, both from 1. */
export function placeOf(offset: number, text: string): { line: number; column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
